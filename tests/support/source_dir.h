#pragma once
// Where the repository is. Its own file, so that no other one differs between two clones and compilers' caches serve both.

#include <string>

namespace throng {

/// Top of the repository, absolute, without a slash at its end.
std::string source_dir();

}  // namespace throng
