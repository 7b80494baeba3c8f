#include "base/metric_cells.h"

#include <memory>
#include <mutex>

namespace throng::cells {

constinit thread_local Row* own_row = nullptr;

namespace {

struct Rows {
  std::mutex mutex;
  std::vector<std::unique_ptr<Row>> all;
  std::vector<Row*> free;  // of threads that have ended; what they hold goes on counting
  Row late;                // for threads that count while they end; shared, so added to atomically
};

/// Never destroyed: threads may outlive the statics.
Rows& rows() {
  static Rows& instance = *new Rows;
  return instance;
}

thread_local bool ended = false;

/// Gives the row back when its thread ends.
struct RowLease {
  ~RowLease() {
    ended = true;
    const std::lock_guard lock(rows().mutex);
    rows().free.push_back(own_row);
    own_row = nullptr;
  }
};

Row* take_row() {
  Rows& known = rows();
  const std::lock_guard lock(known.mutex);
  if (!known.free.empty()) {
    Row* const row = known.free.back();
    known.free.pop_back();
    return row;
  }
  known.all.push_back(std::make_unique<Row>());
  known.free.reserve(known.all.size());
  return known.all.back().get();
}

}  // namespace

void add_without_row(std::uint32_t cell, std::uint64_t by) {
  if (ended) {
    rows().late.cells[cell].fetch_add(by, std::memory_order_relaxed);
    return;
  }
  own_row = take_row();
  static thread_local RowLease lease;
  static_cast<void>(lease);
  add(cell, by);
}

std::uint64_t sum(std::uint32_t cell) {
  Rows& known = rows();
  const std::lock_guard lock(known.mutex);
  std::uint64_t total = known.late.cells[cell].load(std::memory_order_relaxed);
  for (const auto& row : known.all) total += row->cells[cell].load(std::memory_order_relaxed);
  return total;
}

std::vector<std::uint64_t> sum_all() {
  std::vector<std::uint64_t> totals(kCells);
  Rows& known = rows();
  const std::lock_guard lock(known.mutex);
  const auto add_row = [&totals](const Row& row) {
    for (std::size_t i = 0; i < kCells; ++i) totals[i] += row.cells[i].load(std::memory_order_relaxed);
  };
  add_row(known.late);
  for (const auto& row : known.all) add_row(*row);
  return totals;
}

std::size_t row_count() {
  Rows& known = rows();
  const std::lock_guard lock(known.mutex);
  return known.all.size();
}

}  // namespace throng::cells
