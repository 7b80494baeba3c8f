#pragma once
// Numbers that threads count in: each thread owns a row of cells and only it writes there, so adding is a load and a store
// without a lock or a shared cache line. A reader sums the rows. What counts is in counters.h and metrics.h.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace throng::cells {

/// Cells of one thread, 8 bytes each. That all counters and families fit is checked in metrics.cpp.
inline constexpr std::size_t kCells = 6'144;

struct alignas(64) Row {
  std::array<std::atomic<std::uint64_t>, kCells> cells{};
};

/// The calling thread's; null until it counts for the first time, and again while it ends.
extern constinit thread_local Row* own_row;

/// Takes a row, a used one of a thread that has ended if there is one: so rows are as many as threads ever were at once.
void add_without_row(std::uint32_t cell, std::uint64_t by);

/// Any thread. Wraps round; a cell that goes down as well is read as signed.
inline void add(std::uint32_t cell, std::uint64_t by) {
  Row* const row = own_row;
  if (row == nullptr) [[unlikely]]
    return add_without_row(cell, by);
  std::atomic<std::uint64_t>& own = row->cells[cell];
  own.store(own.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
}

/// Over all threads, those that have ended included. Any thread; never blocks a writer.
std::uint64_t sum(std::uint32_t cell);
/// Of every cell. One pass, so that a scrape reads each row once.
std::vector<std::uint64_t> sum_all();

/// Rows that exist: their number grows only when more threads count at the same time than ever before.
std::size_t row_count();

}  // namespace throng::cells
