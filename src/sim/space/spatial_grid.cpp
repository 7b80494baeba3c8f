#include "sim/space/spatial_grid.h"

#include "base/assert.h"

namespace throng::sim {
namespace {

constexpr std::uint32_t kNoCell = 0xffff'ffffu;

Milliunits bounded_cell(Milliunits width, Milliunits height, Milliunits cell) {
  THRONG_ASSERT(width.value > 0 && height.value > 0 && cell.value > 0, "a grid needs a size");
  std::int64_t side = cell.value;
  while ((width.value / side + 1) * (height.value / side + 1) > SpatialGrid::kCellsMax) side *= 2;
  return {static_cast<std::int32_t>(side)};
}

}  // namespace

SpatialGrid::SpatialGrid(Milliunits width, Milliunits height, Milliunits cell)
    : cells_(bounded_cell(width, height, cell)),
      columns_(cells_.cell_of(width.value) + 1),
      rows_(cells_.cell_of(height.value) + 1) {
  starts_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) + 1, 0);
}

void SpatialGrid::rebuild(std::span<const Position> positions, std::span<const std::uint8_t> alive) {
  THRONG_ASSERT(positions.size() == alive.size(), "positions and alive flags must be parallel");
  std::fill(starts_.begin(), starts_.end(), 0);
  cell_of_entity_.resize(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (alive[i] == 0) {
      cell_of_entity_[i] = kNoCell;
      continue;
    }
    const std::size_t cell = cell_number(column_of(positions[i].x.value), row_of(positions[i].y.value));
    cell_of_entity_[i] = static_cast<std::uint32_t>(cell);
    ++starts_[cell];
  }
  std::uint32_t total = 0;
  for (std::uint32_t& start : starts_) total = (start += total);
  // Each start is now its cell's end; filling from the back brings it to the beginning.
  entries_.resize(total);
  for (std::size_t i = positions.size(); i-- > 0;) {
    if (cell_of_entity_[i] == kNoCell) continue;
    entries_[--starts_[cell_of_entity_[i]]] = Entry{positions[i], EntityIndex{static_cast<std::uint32_t>(i)}};
  }
}

}  // namespace throng::sim
