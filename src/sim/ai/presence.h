#pragma once
// Where the players are, for monsters: is anybody about at all, and who is near.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/units.h"
#include "sim/entity_pool.h"
#include "sim/space/spatial_grid.h"

namespace throng::sim {

/// Two interest ranges. A monster with no player within this distance may think seldom.
inline constexpr Milliunits kPresenceCell = units(1024);
/// Cells of the players' own grid: few enough on the largest map to be filed anew in every tick.
inline constexpr Milliunits kPresenceGridCell = units(512);

/// Rebuilt once a tick from the living players; allocates only when the world has grown.
class Presence {
 public:
  /// @param width,height  of the map
  /// @param positions     by EntityIndex
  void rebuild(Milliunits width, Milliunits height, std::span<const Position> positions, const EntityPool& entities);

  /// True whenever a player is within kPresenceCell; false when none is within three times that.
  bool anybody_near(Position at) const {
    return near_[cell_number(column_of(at.x.value, columns_), column_of(at.y.value, rows_))] != 0;
  }

  /// Calls `visit(const SpatialGrid::Entry&)` for a superset of the players within `reach`, dead ones included.
  template <typename Visit>
  void visit_near(Position centre, Milliunits reach, Visit&& visit) const {
    grid_->visit_near(centre, reach, visit);
  }

 private:
  static int column_of(std::int32_t coordinate, int columns) {
    return std::clamp(coordinate / kPresenceCell.value, 0, columns - 1);
  }
  std::size_t cell_number(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column);
  }
  void mark_round(Position at);

  int columns_ = 1;
  int rows_ = 1;
  std::vector<std::uint8_t> near_ = {0};  // cell -> a player is in it or in one beside it
  std::vector<std::uint8_t> is_player_;   // EntityIndex -> living player
  std::optional<SpatialGrid> grid_;
};

}  // namespace throng::sim
