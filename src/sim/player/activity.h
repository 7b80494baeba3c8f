#pragma once

#include "sim/world_state.h"

namespace throng::sim {

/// What a player is doing, as clients are shown it; the first of these that holds:
/// Dead; Casting, while a cast takes its time; Fighting, with a target for the basic attack and a fight going on (from a
/// blow given or taken until `balance.combat_ms` after the last); Moving, when it walks or is held against a wall; Idle.
Activity activity_of(const WorldState& state, EntityIndex player);

}  // namespace throng::sim
