#pragma once
// Who may hurt and who may help whom.

#include "sim/world_state.h"

namespace throng::sim {

/// Rules of place: zones of the map; outside of them it is safe.
content::PvpRule pvp_rule_at(const content::MapDef& map, Position at);

/// Whether `attacker` may harm `target` now: monsters and players are enemies; players are where both stand in a
/// contested zone or arena and they are of different parties (in an arena: always); a summoned monster is its owner's
/// side. The dead, npcs, drops and oneself are nobody's enemies; a monster in AiState::Return cannot be harmed.
/// @return Accepted, or Dead, WrongTarget, SafeZone
Verdict may_harm(const WorldState& state, EntityIndex attacker, EntityIndex target);
/// Whether a blow from `attacker`, which may be gone by now, is one between players or their summoned monsters.
bool is_between_players(const WorldState& state, ActorRef attacker, EntityIndex target);
/// Friends: oneself, players to players (unless they may harm each other), monsters to monsters.
bool are_allies(const WorldState& state, EntityIndex a, EntityIndex b);

}  // namespace throng::sim
