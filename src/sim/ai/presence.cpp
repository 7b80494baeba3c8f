#include "sim/ai/presence.h"

#include <algorithm>

namespace throng::sim {

void Presence::rebuild(Milliunits width, Milliunits height, std::span<const Position> positions,
                       const EntityPool& entities) {
  if (!grid_) {
    grid_.emplace(width, height, kPresenceGridCell);
    columns_ = width.value / kPresenceCell.value + 1;
    rows_ = height.value / kPresenceCell.value + 1;
  }
  near_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), 0);
  is_player_.assign(entities.high_water(), 0);
  for (const EntityIndex index : entities.indexes(EntityKind::Player)) {
    if (!entities.alive(index)) continue;
    is_player_[index.value] = 1;
    mark_round(positions[index.value]);
  }
  grid_->rebuild(positions, is_player_);
}

void Presence::mark_round(Position at) {
  const int column = column_of(at.x.value, columns_);
  const int row = column_of(at.y.value, rows_);
  for (int r = std::max(0, row - 1); r <= std::min(rows_ - 1, row + 1); ++r) {
    for (int c = std::max(0, column - 1); c <= std::min(columns_ - 1, column + 1); ++c) near_[cell_number(c, r)] = 1;
  }
}

}  // namespace throng::sim
