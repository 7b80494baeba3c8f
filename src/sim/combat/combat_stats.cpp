#include "sim/combat/combat_stats.h"

#include <algorithm>

#include "sim/player/activity.h"
#include "sim/space/motion.h"

namespace throng::sim {
namespace {

using content::Stat;
using content::StatBlock;

constexpr std::int64_t kStatMax = 1'000'000'000;
constexpr std::int32_t kSpeedShareMin = 1'000;
/// A monster with mana has it all back after so many seconds.
constexpr std::int32_t kMonsterManaSeconds = 20;

std::int32_t as_stat(std::int64_t value) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(value, 0, kStatMax));
}

void add_to(StatBlock& sum, const StatBlock& more, std::int64_t times) {
  for (std::size_t i = 0; i < content::kStats; ++i) sum.values[i] = as_stat(sum.values[i] + more.values[i] * times);
}

StatBlock player_base(const WorldState& state, EntityIndex player) {
  const content::BalanceDef& balance = state.content->balance;
  StatBlock base = balance.start;
  add_to(base, balance.per_level, state.fighter(player).level - 1);
  for (const ItemStack& worn : state.inventory(player).worn) {
    if (worn.empty()) continue;
    const content::ItemDef& item = state.content->item(worn.item);
    const bool broken = item.durability_max > 0 && worn.durability == 0;
    if (!broken) add_to(base, item.bonus, 1);
  }
  return base;
}

StatBlock monster_base(const WorldState& state, EntityIndex monster) {
  const content::MonsterDef& def = state.monster_def(monster);
  StatBlock base;
  base[Stat::MaxHp] = def.max_hp;
  base[Stat::MaxMana] = def.max_mana;
  base[Stat::Attack] = def.attack;
  base[Stat::Defence] = def.defence;
  base[Stat::Speed] = kBasisPointsWhole;
  base[Stat::CritChance] = def.crit_chance.value;
  base[Stat::CritDamage] = state.content->balance.start[Stat::CritDamage];
  base[Stat::ManaRegen] = (def.max_mana + kMonsterManaSeconds - 1) / kMonsterManaSeconds;
  const std::size_t phase = state.monster(monster).phase;
  if (phase == 0 || phase > def.phases.size()) return base;
  const content::BossPhaseDef& now = def.phases[phase - 1];
  base[Stat::Attack] = as_stat(std::int64_t{def.attack} * now.damage_factor.value / kBasisPointsWhole);
  base[Stat::Speed] = now.speed_factor.value;
  return base;
}

/// What is added first, then what multiplies, so that the order in which statuses came does not matter.
void add_statuses(const WorldState& state, EntityIndex index, StatBlock& stats) {
  const std::size_t count = state.fighter(index).status_count;
  const StatusRow& row = state.statuses[index.value];
  std::array<std::int64_t, content::kStats> more{};
  for (std::size_t i = 0; i < count; ++i) {
    if (row[i].kind != StatusKind::Modifier) continue;
    more[static_cast<std::size_t>(row[i].stat)] += std::int64_t{row[i].amount} * row[i].stacks;
  }
  for (std::size_t i = 0; i < content::kStats; ++i) stats.values[i] = as_stat(stats.values[i] + more[i]);
  for (std::size_t i = 0; i < count; ++i) {
    if (row[i].kind != StatusKind::Haste) continue;
    stats[Stat::Speed] = as_stat(std::int64_t{stats[Stat::Speed]} * row[i].amount / kBasisPointsWhole);
  }
}

}  // namespace

void refresh_stats(WorldState& state, EntityIndex index) {
  Fighter& fighter = state.fighter(index);
  const bool is_player = state.kind(index) == EntityKind::Player;
  StatBlock stats = is_player ? player_base(state, index) : monster_base(state, index);
  add_statuses(state, index, stats);
  stats[Stat::MaxHp] = std::max(1, stats[Stat::MaxHp]);
  stats[Stat::Speed] = std::max(kSpeedShareMin, stats[Stat::Speed]);
  const bool other_speed = stats[Stat::Speed] != fighter.stats[Stat::Speed];
  fighter.stats = stats;
  if (!is_player) fighter.level = state.monster_def(index).level;
  fighter.hp = std::clamp(fighter.hp, 0, stats[Stat::MaxHp]);
  fighter.mana = std::clamp(fighter.mana, 0, stats[Stat::MaxMana]);
  if (is_player && other_speed) apply_player_course(state, index);
}

Milliunits player_speed(const WorldState& state, EntityIndex player) {
  const Fighter& fighter = state.fighter(player);
  if (fighter.dead() || fighter.stunned_until > state.now || fighter.rooted_until > state.now) return {0};
  const std::int64_t speed =
      std::int64_t{state.settings.player_speed.value} * fighter.stats[Stat::Speed] / kBasisPointsWhole;
  return {static_cast<std::int32_t>(std::min<std::int64_t>(speed, kSpeedMax.value))};
}

void apply_player_course(WorldState& state, EntityIndex index) {
  PlayerState& player = state.player(index);
  set_course(state.motions[index.value], {player.direction_x, player.direction_y}, player_speed(state, index),
             state.settings.tick_rate_hz);
  player.activity = activity_of(state, index);
}

}  // namespace throng::sim
