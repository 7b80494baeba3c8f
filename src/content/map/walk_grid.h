#pragma once
// Where a body may stand: a raster of square cells over the map, one bit each.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/units.h"
#include "content/map/cell_divider.h"

namespace throng::content {

/// Side of a walk cell, in world units. Eight divides the usual tile sizes (8, 16, 32, 48, 64), is smaller than a
/// body (12 units), so that no wall that a body could meet falls between two cells, and keeps a map of 3,072 units
/// at 18 KiB, which stays in the cache. Four would cost four times the memory for detail nobody can feel.
inline constexpr int kWalkCellUnits = 8;

/// Square cells, blocked or free. Everything outside the grid is blocked, so that callers need no bounds checks.
/// Immutable once the map is built; reading is safe from any thread.
class WalkGrid {
 public:
  /// No cells at all: blocked everywhere.
  WalkGrid() = default;
  /// All cells free. Sizes in cells, at least 0; `cell_size` above 0.
  WalkGrid(Milliunits cell_size, int width_cells, int height_cells);

  Milliunits cell_size() const { return {cell_size_}; }
  /// From coordinates that are not negative to cells.
  const CellDivider& cells() const { return cells_; }
  int width_cells() const { return width_; }
  int height_cells() const { return height_; }

  bool blocked(int cx, int cy) const {
    if (cx < 0 || cy < 0 || cx >= width_ || cy >= height_) return true;
    return (words_[row(cy) + static_cast<std::size_t>(cx >> 6)] >> (cx & 63) & 1u) != 0;
  }
  bool blocked_at(Position at) const {
    if (at.x.value < 0 || at.y.value < 0) return true;
    return blocked(at.x.value / cell_size_, at.y.value / cell_size_);
  }
  /// Whether any of the cells [first_cx, last_cx] of row `cy` is blocked; first_cx is at most last_cx.
  bool run_blocked(int cy, int first_cx, int last_cx) const;
  /// The cells [cx, cx + count) of row `cy`, the first in the lowest bit; 1 is blocked. `count` is at most 64.
  std::uint64_t row_bits(int cx, int cy, int count) const;
  /// Whether any cell that the box [min, max) touches is blocked. An empty box counts as the point `min`.
  bool area_blocked(Position min, Position max) const;

  /// Makes a cell blocked; cells outside are ignored. For the map builder.
  void block(int cx, int cy);
  /// Cells [first_cx, last_cx] of row cy, both included, cut to the grid. For the map builder.
  void block_run(int cy, int first_cx, int last_cx);

  /// Number of free cells.
  std::size_t free_cells() const;
  std::uint64_t digest() const;

  friend bool operator==(const WalkGrid&, const WalkGrid&) = default;

 private:
  std::size_t row(int cy) const { return static_cast<std::size_t>(cy) * words_per_row_; }

  static std::uint64_t ones(int count) { return ~std::uint64_t{0} >> (64 - count); }

  std::int32_t cell_size_ = kWalkCellUnits * kMilliunitsPerUnit;
  CellDivider cells_{Milliunits{cell_size_}};
  int width_ = 0;
  int height_ = 0;
  std::size_t words_per_row_ = 0;
  std::vector<std::uint64_t> words_;
};

inline bool WalkGrid::run_blocked(int cy, int first_cx, int last_cx) const {
  if (cy < 0 || first_cx < 0 || cy >= height_ || last_cx >= width_) return true;
  const std::uint64_t* const words = words_.data() + row(cy);
  const int first_word = first_cx >> 6;
  const int last_word = last_cx >> 6;
  const std::uint64_t from_first = ~std::uint64_t{0} << (first_cx & 63);
  const std::uint64_t to_last = ~std::uint64_t{0} >> (63 - (last_cx & 63));
  if (first_word == last_word) return (words[first_word] & from_first & to_last) != 0;
  std::uint64_t any = (words[first_word] & from_first) | (words[last_word] & to_last);
  for (int word = first_word + 1; word < last_word; ++word) any |= words[word];
  return any != 0;
}

inline std::uint64_t WalkGrid::row_bits(int cx, int cy, int count) const {
  if (cy < 0 || cy >= height_) return ones(count);
  if (cx < 0 || cx + count > width_) {
    std::uint64_t bits = 0;
    for (int i = 0; i < count; ++i) bits |= std::uint64_t{blocked(cx + i, cy)} << i;
    return bits;
  }
  const std::uint64_t* const words = words_.data() + row(cy) + (cx >> 6);
  const int shift = cx & 63;
  std::uint64_t bits = words[0] >> shift;
  if (shift + count > 64) bits |= words[1] << (64 - shift);
  return bits & ones(count);
}

}  // namespace throng::content
