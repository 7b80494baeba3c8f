#pragma once
// Where bodies can be: the walls of the map and its edges, for square bodies of one size.

#include <cstdint>

#include "base/units.h"
#include "content/map/map_def.h"

namespace throng::sim {

/// Where a body ended up.
struct Slide {
  Position position;
  bool hit_x = false;  ///< a wall or the edge of the map cut the way short
  bool hit_y = false;
};

/// A body at `p` fills [p.x - half, p.x + half) x [p.y - half, p.y + half). A view of the map, which must live as
/// long; cheap to make and to copy.
class Ground {
 public:
  Ground(const content::MapDef& map, Milliunits body_half_size);

  Milliunits body_half_size() const { return {half_}; }

  /// Whether a body can be here: inside the map and clear of walls. Any position may be asked.
  bool fits(Position at) const;
  /// The nearest place that keeps a body inside the map, walls or not.
  Position inside(Position at) const;

  /// Moves a body by (dx, dy), first along x, then along y, in pieces of at most one cell, and stops it flush
  /// against what it meets; the other axis goes on, so it slides. Never enters a blocked cell, however long the
  /// way. From a place that is inside the map; where `fits` holds it holds afterwards.
  Slide slide(Position from, std::int32_t dx, std::int32_t dy) const;

 private:
  template <typename Blocked>
  bool line_free(int first, int last, Blocked blocked) const;
  template <typename Free>
  std::int32_t sweep(std::int32_t at, std::int32_t delta, std::int32_t last, Free free, bool& hit) const;
  bool all_free(Position from, Position to) const;
  void slide_piece(Slide& slide, std::int32_t dx, std::int32_t dy) const;

  const content::WalkGrid* walk_;
  content::CellDivider cells_;
  std::int32_t cell_size_;
  std::int32_t half_;
  int lanes_;  // most cells that a body touches side by side
  std::int32_t last_x_;  // largest coordinates of a body's centre
  std::int32_t last_y_;
};

}  // namespace throng::sim
