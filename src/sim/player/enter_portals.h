#pragma once

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// System: players who step into a portal are told of once, until they have left it. The dead step nowhere.
void enter_portals(WorldState& state, TickContext& ctx);

/// Somebody was put here and has not walked: the portal that it stands in, if any, is not told of.
void stand_in_portal(WorldState& state, EntityIndex player);

}  // namespace throng::sim
