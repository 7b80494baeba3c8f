#pragma once
// Whom a monster notices, whom it may fight, and whom it calls.

#include "sim/ai/mind.h"
#include "sim/ai/transitions.h"

namespace throng::sim {

/// Monsters at peace look round every so many ticks.
inline constexpr std::uint32_t kSenseTicks = 4;

/// Alive and, if a monster, not on its way home.
bool can_be_fought(const WorldState& state, ActorRef actor);

/// The nearest living player within the detection range and in sight; of equals the lowest id.
ActorRef notice(const Mind& mind);

/// Milliunits to its target; -1 without one.
std::int64_t distance_to_target(const Mind& mind);

/// Nothing in the way of a blow or an arrow.
bool sees(const Mind& mind, ActorRef target);

/// Those of its pack within its pack radius who are at peace and not passive join it against the target. They do not
/// call in turn, so one fight does not empty the map.
void call_pack(WorldState& state, TickContext& ctx, EntityIndex monster, ActorRef target);

/// From peace into a fight with this target.
void begin_fight(WorldState& state, TickContext& ctx, EntityIndex monster, ActorRef target, Reason reason);

}  // namespace throng::sim
