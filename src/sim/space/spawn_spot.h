#pragma once
// Finding a place for a new body.

#include <optional>

#include "base/rng.h"
#include "base/units.h"
#include "content/map/map_def.h"
#include "sim/space/ground.h"

namespace throng::sim {

/// How far `nearest_spot` looks, in half walk cells: 512 units with cells of eight. Bounds one call to 66,000 places.
inline constexpr int kNearestSpotRings = 128;

/// Where a body fits, nearest to `wanted` among `wanted` itself and the corners, edges and middles of the walk cells
/// round it. Nothing within kNearestSpotRings: none.
std::optional<Position> nearest_spot(const Ground& ground, Milliunits cell_size, Position wanted);

/// A random place for the middle of a body in the area; where luck finds none, the nearest to the area's middle.
/// Draws an even number of times from `rng`, between 2 and 64.
std::optional<Position> spot_in_area(const Ground& ground, Milliunits cell_size, const content::MapArea& area,
                                     Rng& rng);

}  // namespace throng::sim
