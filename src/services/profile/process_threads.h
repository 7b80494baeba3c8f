#pragma once
// The threads of this process, as /proc tells them.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace throng::services {

/// Those looked at, lowest number first.
inline constexpr std::size_t kThreadsMax = 512;

struct ThreadEntry {
  std::uint32_t id = 0;
  std::string name;
};

std::vector<ThreadEntry> process_threads();

}  // namespace throng::services
