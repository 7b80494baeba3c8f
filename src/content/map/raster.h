#pragma once
// Shapes to walk cells, in whole milliunits throughout, so that every build gives the same grid.

#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"
#include "content/map/walk_grid.h"

namespace throng::content {

/// Corners of an ellipse when it is made a polygon; the rim is then off by less than 0.3 % of the radius.
inline constexpr int kEllipseCorners = 48;

/// sin and cos of an angle, times 2^30; the same bits everywhere, which the C library does not promise.
struct Direction {
  std::int64_t cos;
  std::int64_t sin;
};
Direction direction_of(double degrees);

/// `at` turned clockwise (y grows downward) by `by`, about the origin.
Position turned(Position at, Direction by);

/// The rim of the ellipse in the box (0, 0) to (width, height).
std::vector<Position> ellipse_corners(Milliunits width, Milliunits height);

/// Blocks every cell whose inside the polygon overlaps, however little: a painted wall is never thinner in the world
/// than on the map. A border that only touches a cell does not block it. Even-odd where the rim crosses itself.
/// Corners may lie outside the grid, within ±800,000 units, so that products fit 64 bits.
void block_polygon(WalkGrid& grid, std::span<const Position> corners);

/// The same for a line without width.
void block_polyline(WalkGrid& grid, std::span<const Position> corners);

/// Blocks every cell whose inside the box [min, max) overlaps.
void block_box(WalkGrid& grid, Position min, Position max);

/// About how many steps, of a nanosecond or so, blocking this shape takes.
std::int64_t polygon_work(const WalkGrid& grid, std::span<const Position> corners);

}  // namespace throng::content
