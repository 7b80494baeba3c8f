#pragma once

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// System: applies the tick's intents in their order. Nothing in an intent is trusted; one that cannot be done
/// is answered with an event where the sender waits for one, and has no effect otherwise.
void apply_intents(WorldState& state, TickContext& ctx);

}  // namespace throng::sim
