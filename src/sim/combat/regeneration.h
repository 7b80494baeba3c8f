#pragma once

#include "sim/world_state.h"

namespace throng::sim {

/// One tick of regeneration of a living fighter: exact over time, since hundredths of a point that are not yet whole are
/// kept. In a fight, hit points come back at balance.regen_in_combat of their rate; mana always comes back in full.
void regenerate(WorldState& state, EntityIndex fighter);

}  // namespace throng::sim
