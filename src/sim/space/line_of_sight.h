#pragma once

#include "base/units.h"
#include "content/map/walk_grid.h"

namespace throng::sim {

/// Whether a square body of the given half size could go from one place straight to the other without touching a
/// blocked cell; half size 0 asks for a line of sight. The same in both directions. Cells that are only touched at
/// an edge or corner do not count, as for bodies; rounding may find a graze of under a milliunit in the way.
/// Cost: linear in the cells under the way. Coordinates in [0, 10^9]; what leaves the grid is blocked.
bool way_clear(const content::WalkGrid& walk, Position from, Position to, Milliunits half_size);

}  // namespace throng::sim
