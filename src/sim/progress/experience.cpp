#include "sim/progress/experience.h"

#include <algorithm>

#include "sim/combat/combat_stats.h"
#include "sim/skill/skill_book.h"

namespace throng::sim {
namespace {

/// New stats; a living one is whole again and knows what the level brings.
void reach_level(WorldState& state, TickContext& ctx, EntityIndex player, std::int32_t level) {
  state.fighter(player).level = level;
  refresh_stats(state, player);
  Fighter& fighter = state.fighter(player);
  if (!fighter.dead()) {
    fighter.hp = fighter.max_hp();
    fighter.mana = fighter.max_mana();
  }
  ctx.tell(LevelReached{state.player(player).key, level});
  learn_by_level(state, ctx, player);
}

/// What the events that run make of it. The bound keeps the product within 64 bits.
std::int64_t by_events(const content::EventsInForce& events, std::int64_t amount, Source source) {
  const std::int64_t wanted = std::clamp(amount, -content::kExperienceMax, content::kExperienceMax);
  if (source != Source::Kill && source != Source::Quest) return wanted;
  return wanted * events.experience_percent / 100;
}

}  // namespace

std::int32_t level_for(const content::BalanceDef& balance, std::int64_t experience) {
  const auto above = std::upper_bound(balance.level_at.begin(), balance.level_at.end(), experience);
  return std::max(1, static_cast<std::int32_t>(above - balance.level_at.begin()));
}

std::int64_t experience_at(const content::BalanceDef& balance, std::int32_t level) {
  if (balance.level_at.empty()) return 0;
  const auto top = static_cast<std::int32_t>(balance.level_at.size());
  return balance.level_at[static_cast<std::size_t>(std::clamp(level, 1, top) - 1)];
}

void give_experience(WorldState& state, TickContext& ctx, EntityIndex index, std::int64_t amount, Source source) {
  const content::BalanceDef& balance = state.content->balance;
  PlayerState& player = state.player(index);
  // Taking stops at the begin of the level, and nothing grows beyond the last one. A character that has more, from
  // before the curve was changed, keeps it.
  const std::int64_t floor = std::min(player.experience, experience_at(balance, state.fighter(index).level));
  const std::int64_t top = std::max(player.experience, balance.level_at.empty() ? 0 : balance.level_at.back());
  const std::int64_t wanted = by_events(state.content->in_force, amount, source);
  const std::int64_t after = std::clamp(player.experience + wanted, floor, top);
  const std::int64_t change = after - player.experience;
  if (change == 0) return;
  player.experience = after;
  ctx.tell(ExperienceGained{player.key, change, source});
  const std::int32_t level = level_for(balance, after);
  if (level > state.fighter(index).level) reach_level(state, ctx, index, level);
}

}  // namespace throng::sim
