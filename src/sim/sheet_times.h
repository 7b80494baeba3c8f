#pragma once
// What of a character's sheet is a matter of time: as milliseconds from now, since every world counts its own ticks.

#include <cstdint>
#include <span>
#include <vector>

#include "sim/character_sheet.h"
#include "sim/world_state.h"

namespace throng::sim {

/// 0: it is that time already.
std::uint32_t ms_until(const WorldState& state, Tick ready);
/// Tick 0 for 0 milliseconds.
Tick tick_in(const WorldState& state, std::uint32_t ms);

std::vector<SavedBuff> saved_buffs(const WorldState& state, EntityIndex player);
/// Replaces the statuses of a player, and derives its stats. What the content no longer has is left out; what caused them
/// is nobody who is here.
void apply_buffs(WorldState& state, EntityIndex player, std::span<const SavedBuff> buffs);

}  // namespace throng::sim
