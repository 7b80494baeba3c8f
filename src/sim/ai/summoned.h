#pragma once
// Monsters that were summoned: they stay with their owner and fight whom the owner fights.

#include <optional>

#include "sim/ai/mind.h"

namespace throng::sim {

/// Its time is up, or its owner is gone.
bool is_spent(const WorldState& state, const MonsterState& monster);

/// Whom the owner attacks; else who has hurt the monster itself; else the nearest monster that fights the owner.
/// Nobody when there is nobody that it may harm.
ActorRef enemy_of_owner(const Mind& mind);

/// Where to go when the owner has walked away; nothing while it is near enough.
std::optional<Position> place_near_owner(const Mind& mind);

}  // namespace throng::sim
