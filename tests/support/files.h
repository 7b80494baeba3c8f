#pragma once
// The files of the repository, for tests that look at what we ship.

#include <fstream>
#include <iterator>
#include <string>

#include "support/source_dir.h"

namespace throng {

/// Text of a file, by its path from the top of the repository; empty when there is none.
inline std::string shipped_file(const std::string& path) {
  std::ifstream in(source_dir() + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace throng
