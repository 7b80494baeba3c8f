#pragma once
// Who has killed a monster, and what that is worth.

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// Experience for a kill of somebody of this level: all of it up to kLevelsWithoutLoss levels above the monster, then
/// kLossPerLevel less for each further one, never under kLeastForLevel. Pure.
inline constexpr int kLevelsWithoutLoss = 4;
inline constexpr BasisPoints kLossPerLevel{2'000};
inline constexpr BasisPoints kLeastForLevel{500};
std::int64_t experience_for_level(std::int64_t experience, std::int32_t level, std::int32_t monster_level);

/// What each of a party gets: the monster's experience by the party's share of the damage, more by `bonus` for each
/// member beyond the first, in even parts; rounded down. Pure.
/// @param members  near the corpse, at least 1
std::int64_t party_share(std::int64_t experience, std::int64_t damage, std::int64_t damage_total, int members,
                         BasisPoints bonus);

/// Tells KillCredited and gives experience by the monster's threat table; nobody who did damage: the killer has it all.
/// @return the player with the greatest share, of equals the lowest id; nobody when no player had one
ActorRef credit_kill(WorldState& state, TickContext& ctx, EntityIndex monster, ActorRef killer);

}  // namespace throng::sim
