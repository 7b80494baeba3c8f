#pragma once
// Strolling round home: a pause, a straight walk to a random place in reach, and again.

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// The monster has arrived, run into something, or paused long enough: choose what comes next.
void wander(WorldState& state, TickContext& ctx, EntityIndex index);

/// Stand for a random time, at least one tick.
void pause(WorldState& state, TickContext& ctx, EntityIndex index);

}  // namespace throng::sim
