#pragma once

#include <optional>

#include "sim/world_state.h"

namespace throng::sim {

/// How far from a player the target of an intent may be; what it sees lies within.
inline constexpr Milliunits kTargetReach = units(1'200);

/// The player or monster with this id, dead ones that still lie there included, if it is within kTargetReach.
std::optional<EntityIndex> find_target(const WorldState& state, EntityIndex seeker, EntityId wanted);

}  // namespace throng::sim
