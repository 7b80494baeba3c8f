#pragma once
// What must hold between the members of restored rows, so that no system meets what it could not have made itself.

#include "base/result.h"
#include "sim/world_state.h"

namespace throng::sim {

/// Every living entity, spawner and party, once all of them are there; single members are in their ranges already. Fills
/// `players_by_key`. @return what is impossible
Result<void> check_rows(WorldState& state);

}  // namespace throng::sim
