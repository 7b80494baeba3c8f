#pragma once
// The end of a fight: for a monster credit, loot and a corpse; for a player a pause and a way back.

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// Called by deal_damage when hit points reach 0. Tells Died, ends casts and statuses, forgets it in threat tables;
/// monsters go on to `monster_died` (ai/monster_death.h), players lose by balance (not in an arena) and wait.
void die(WorldState& state, TickContext& ctx, EntityIndex victim, ActorRef killer);

/// System: dead players whose time has come stand at the nearest spawn point of the map.
void respawn_players(WorldState& state, TickContext& ctx);

}  // namespace throng::sim
