#pragma once
// Who is near: entities sorted by square cell, rebuilt whole once a tick by a counting sort.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"
#include "content/map/cell_divider.h"
#include "sim/entity_pool.h"

namespace throng::sim {

/// Positions of all living entities by cell. Rebuilding costs a few nanoseconds per entity and cannot go
/// stale in part; within a cell the order is that of the entity index, so queries are deterministic.
/// Memory: 12 bytes per entity and 4 per cell; at most kCellsMax cells (the cell grows beyond that).
class SpatialGrid {
 public:
  static constexpr std::int64_t kCellsMax = 1'000'000;

  /// One living entity, copied next to its neighbours so that a query reads memory in order.
  struct Entry {
    Position position;
    EntityIndex index;
  };

  /// @param width,height  size of the ground in milliunits, at least one
  /// @param cell          side of a cell; a good choice is a third to a half of the usual query radius
  SpatialGrid(Milliunits width, Milliunits height, Milliunits cell);

  /// `alive[i] != 0` marks the entities to file; both spans are indexed by EntityIndex and equally long.
  void rebuild(std::span<const Position> positions, std::span<const std::uint8_t> alive);

  /// Calls `visit(const Entry&)` for every entity in the cells that the square of half-side `reach` round
  /// `centre` touches: a superset of the entities within `reach`.
  template <typename Visit>
  void visit_near(Position centre, Milliunits reach, Visit&& visit) const {
    const int first_column = column_of(std::int64_t{centre.x.value} - reach.value);
    const int last_column = column_of(std::int64_t{centre.x.value} + reach.value);
    const int first_row = row_of(std::int64_t{centre.y.value} - reach.value);
    const int last_row = row_of(std::int64_t{centre.y.value} + reach.value);
    for (int row = first_row; row <= last_row; ++row) {
      // The cells of a row lie side by side in `entries_`, so a row is one run.
      const std::uint32_t begin = starts_[cell_number(first_column, row)];
      const std::uint32_t end = starts_[cell_number(last_column, row) + 1];
      for (std::uint32_t i = begin; i < end; ++i) visit(entries_[i]);
    }
  }

  std::size_t entity_count() const { return entries_.size(); }

 private:
  int column_of(std::int64_t x) const { return std::min(cell_of(x), columns_ - 1); }
  int row_of(std::int64_t y) const { return std::min(cell_of(y), rows_ - 1); }
  int cell_of(std::int64_t at) const {
    return cells_.cell_of(static_cast<std::int32_t>(std::clamp<std::int64_t>(at, 0, INT32_MAX)));
  }
  std::size_t cell_number(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column);
  }

  content::CellDivider cells_;
  int columns_;
  int rows_;
  std::vector<std::uint32_t> starts_;  // cell -> first entry; one more than there are cells
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> cell_of_entity_;  // scratch of rebuild
};

}  // namespace throng::sim
