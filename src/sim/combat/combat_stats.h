#pragma once
// From level, equipment and statuses to the totals that fights use.

#include "sim/world_state.h"

namespace throng::sim {

/// Derives `Fighter::stats` anew; cuts hp and mana to the new maxima. After every change of level, equipment or status.
/// Players: balance.start + per_level x (level - 1) + what they wear (unbroken) + modifiers. Monsters: their def and
/// phase + modifiers. Speed is in basis points of the normal one, at least 1'000; no stat goes below 0.
void refresh_stats(WorldState& state, EntityIndex fighter);

/// Walking speed of a player now, per second: the room's player_speed times Stat::Speed; 0 while stunned, rooted, dead.
Milliunits player_speed(const WorldState& state, EntityIndex player);

/// Sets the motion of a player from its direction and speed. After every change of either.
void apply_player_course(WorldState& state, EntityIndex player);

}  // namespace throng::sim
