#pragma once

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// System: moves every body that has a course by one tick, in index order. Bodies do not stop one another.
void move_bodies(WorldState& state, TickContext& ctx);

}  // namespace throng::sim
