#pragma once
// Reading files at start-up.

#include <string>

#include "base/result.h"

namespace throng::app {

/// The whole file, at most `bytes_max`. The error names the path and the system's reason.
Result<std::string> read_file(const std::string& path, std::size_t bytes_max = 64u << 20);

}  // namespace throng::app
