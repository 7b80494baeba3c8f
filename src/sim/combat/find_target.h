#pragma once

#include <optional>

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// How far from a player the target of an intent is looked for; what it sees lies within. Bounds what an intent costs
/// to those near, however many the world holds.
inline constexpr Milliunits kTargetReach = units(1'200);

/// The player or monster with this id, dead ones that still lie there included, if it is within kTargetReach.
std::optional<EntityIndex> find_target(const WorldState& state, const TickContext& ctx, EntityIndex seeker,
                                       EntityId wanted);

}  // namespace throng::sim
