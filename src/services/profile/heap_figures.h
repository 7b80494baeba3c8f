#pragma once
// What the allocator holds.

#include <cstdint>
#include <string>

namespace throng::services {

/// All in bytes.
struct HeapFigures {
  std::uint64_t in_use = 0;  ///< given out and not given back, mapped blocks included
  std::uint64_t free = 0;    ///< kept by the allocator for later
  std::uint64_t arena = 0;   ///< taken from the system for small blocks
  std::uint64_t mapped = 0;  ///< taken from the system for large blocks
};

/// Any thread; takes the allocator's locks for a moment.
HeapFigures heap_figures();

/// `{"heap": {"in_use_bytes": …, "free_bytes": …, "arena_bytes": …, "mapped_bytes": …}}`.
std::string heap_json(const HeapFigures& figures);

}  // namespace throng::services
