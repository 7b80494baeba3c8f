#pragma once
// Where a body may stand: a raster of square cells over the map, one bit each.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/units.h"

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

  std::int32_t cell_size_ = kWalkCellUnits * kMilliunitsPerUnit;
  int width_ = 0;
  int height_ = 0;
  std::size_t words_per_row_ = 0;
  std::vector<std::uint64_t> words_;
};

}  // namespace throng::content
