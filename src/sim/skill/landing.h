#pragma once

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// The effects of a finished cast, in their order, each on all targets. They all land, even if the first of them was the
/// death of the caster; somebody who has died is left alone by those that follow.
void land_cast(WorldState& state, TickContext& ctx, EntityIndex caster, const Cast& cast);

}  // namespace throng::sim
