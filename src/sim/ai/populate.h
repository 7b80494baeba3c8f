#pragma once

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// Puts the monsters of the map's spawns into a new world. Stops when the world is full.
void populate(WorldState& state, TickContext& ctx);

/// Tells of every living monster; once, in the first tick.
void announce_population(const WorldState& state, TickContext& ctx);

}  // namespace throng::sim
