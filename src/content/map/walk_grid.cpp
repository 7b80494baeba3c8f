#include "content/map/walk_grid.h"

#include <algorithm>
#include <bit>

#include "base/assert.h"
#include "base/digest.h"

namespace throng::content {
namespace {

/// Division that rounds down for negative numbers too; `by` above 0.
int cell_of(std::int32_t at, std::int32_t by) { return at >= 0 ? at / by : -((by - 1 - at) / by); }

}  // namespace

WalkGrid::WalkGrid(Milliunits cell_size, int width_cells, int height_cells)
    : cell_size_(cell_size.value),
      width_(width_cells),
      height_(height_cells),
      words_per_row_((static_cast<std::size_t>(width_cells) + 63) / 64),
      words_(words_per_row_ * static_cast<std::size_t>(height_cells)) {
  THRONG_ASSERT(cell_size.value > 0 && width_cells >= 0 && height_cells >= 0, "a walk grid of impossible size");
}

bool WalkGrid::area_blocked(Position min, Position max) const {
  const int first_cx = cell_of(min.x.value, cell_size_);
  const int first_cy = cell_of(min.y.value, cell_size_);
  const int last_cx = std::max(first_cx, cell_of(max.x.value - 1, cell_size_));
  const int last_cy = std::max(first_cy, cell_of(max.y.value - 1, cell_size_));
  for (int cy = first_cy; cy <= last_cy; ++cy) {
    if (run_blocked(cy, first_cx, last_cx)) return true;
  }
  return false;
}

void WalkGrid::block(int cx, int cy) { block_run(cy, cx, cx); }

void WalkGrid::block_run(int cy, int first_cx, int last_cx) {
  if (cy < 0 || cy >= height_) return;
  const int first = std::max(first_cx, 0);
  const int last = std::min(last_cx, width_ - 1);
  if (first > last) return;
  const auto word_of = [&](int cx) { return row(cy) + static_cast<std::size_t>(cx >> 6); };
  const std::uint64_t from_first = ~std::uint64_t{0} << (first & 63);
  const std::uint64_t to_last = ~std::uint64_t{0} >> (63 - (last & 63));
  if (word_of(first) == word_of(last)) {
    words_[word_of(first)] |= from_first & to_last;
    return;
  }
  words_[word_of(first)] |= from_first;
  for (std::size_t word = word_of(first) + 1; word < word_of(last); ++word) words_[word] = ~std::uint64_t{0};
  words_[word_of(last)] |= to_last;
}

std::size_t WalkGrid::free_cells() const {
  std::size_t blocked_cells = 0;
  for (const std::uint64_t word : words_) blocked_cells += static_cast<std::size_t>(std::popcount(word));
  return static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_) - blocked_cells;
}

std::uint64_t WalkGrid::digest() const {
  Digest digest;
  digest.add(static_cast<std::uint64_t>(cell_size_));
  digest.add(static_cast<std::uint64_t>(width_));
  digest.add(static_cast<std::uint64_t>(height_));
  for (const std::uint64_t word : words_) digest.add(word);
  return digest.value();
}

}  // namespace throng::content
