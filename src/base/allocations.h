#pragma once
// Counts heap allocations of a thread, in the bench build only: the proof that a steady tick makes none.

#include <cstdint>

namespace throng {

/// Allocations of the calling thread so far; always zero unless built with THRONG_BENCH.
std::uint64_t allocations_of_this_thread();

}  // namespace throng
