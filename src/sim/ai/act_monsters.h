#pragma once

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// System: lets each living monster decide, in index order, when its time has come or when it runs into something.
void act_monsters(WorldState& state, TickContext& ctx);

}  // namespace throng::sim
