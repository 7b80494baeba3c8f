#pragma once
// Folders that hold what the program keeps: names, hashes of passwords, what people wrote.

#include <string>

#include "base/result.h"

namespace throng {

/// Makes the folder, and those above it that are missing, for our user alone (mode 0700). One that is there stays as it
/// is; the empty path is the working folder. Any thread.
Result<void> make_private_folder(const std::string& path);

}  // namespace throng
