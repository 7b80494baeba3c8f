#pragma once
// Experience and levels.

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// Level for so much experience in total, [1, level_max]. Pure.
std::int32_t level_for(const content::BalanceDef& balance, std::int64_t experience);
/// Experience in total at which the level begins.
std::int64_t experience_at(const content::BalanceDef& balance, std::int32_t level);

/// Adds (or, for a death, takes: never below the level); tells; on a new level derives stats, fills hp and mana,
/// learns skills. Running events scale what kills and quests give, and nothing else: achievements are once in a
/// lifetime, losses are no gift.
void give_experience(WorldState& state, TickContext& ctx, EntityIndex player, std::int64_t amount, Source source);

}  // namespace throng::sim
