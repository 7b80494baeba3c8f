#include "sim/combat/regeneration.h"

#include <algorithm>

#include "sim/combat/status.h"

namespace throng::sim {
namespace {

/// @param part        hundredths of a point, times ticks a second, not yet given; dropped when there is nothing to give
/// @param per_second  in hundredths of a point
void give_back(std::int32_t& value, std::int32_t max, std::int32_t& part, std::int64_t per_second, int tick_rate_hz) {
  if (value >= max) {
    part = 0;
    return;
  }
  const std::int64_t scale = std::int64_t{100} * tick_rate_hz;
  const std::int64_t sum = part + per_second;
  value = static_cast<std::int32_t>(std::min<std::int64_t>(max, value + sum / scale));
  part = static_cast<std::int32_t>(sum % scale);
}

}  // namespace

void regenerate(WorldState& state, EntityIndex index) {
  Fighter& fighter = state.fighter(index);
  if (fighter.hp >= fighter.max_hp() && fighter.mana >= fighter.max_mana()) {  // most, most of the time
    fighter.regen_hp_part = fighter.regen_mana_part = 0;
    return;
  }
  const int rate = state.settings.tick_rate_hz;
  const std::int32_t share = in_combat(state, index) ? state.content->balance.regen_in_combat.value : kBasisPointsWhole;
  const std::int64_t hp = std::int64_t{fighter.stats[content::Stat::HpRegen]} * share / 100;
  const std::int64_t mana = std::int64_t{fighter.stats[content::Stat::ManaRegen]} * 100;
  give_back(fighter.hp, fighter.max_hp(), fighter.regen_hp_part, hp, rate);
  give_back(fighter.mana, fighter.max_mana(), fighter.regen_mana_part, mana, rate);
}

}  // namespace throng::sim
