#include "sim/combat/death.h"

#include <algorithm>
#include <limits>

#include "sim/ai/monsters.h"
#include "sim/combat/combat_stats.h"
#include "sim/combat/relations.h"
#include "sim/combat/status.h"
#include "sim/item/items.h"
#include "sim/player/enter_portals.h"
#include "sim/progress/experience.h"
#include "sim/skill/casting.h"
#include "sim/space/motion.h"
#include "sim/space/spawn_spot.h"

namespace throng::sim {
namespace {

/// Experience of the level that the player is at; at the last one, of the one before.
std::int64_t experience_of_level(const content::BalanceDef& balance, std::int32_t level) {
  const auto top = static_cast<std::int32_t>(balance.level_at.size());
  const std::int32_t from = std::max(1, std::min(level, top - 1));
  return experience_at(balance, from + 1) - experience_at(balance, from);
}

void pay_for_death(WorldState& state, TickContext& ctx, EntityIndex player) {
  if (pvp_rule_at(*state.map, state.positions[player.value]) == content::PvpRule::Arena) return;
  const content::BalanceDef& balance = state.content->balance;
  const std::int64_t loss = experience_of_level(balance, state.fighter(player).level) *
                            balance.death_experience_loss.value / kBasisPointsWhole;
  if (loss > 0) give_experience(state, ctx, player, -loss, Source::Death);
  wear_down(state, ctx, player, balance.death_durability_loss);
}

void player_died(WorldState& state, TickContext& ctx, EntityIndex index) {
  PlayerState& player = state.player(index);
  player.auto_target = {};
  player.respawn_at = state.now + state.ticks(state.content->balance.respawn_ms);
  pay_for_death(state, ctx, index);
  apply_player_course(state, index);
}

/// Square of the distance to the nearest point of the area.
std::int64_t distance_to(const content::MapArea& area, Position at) {
  const Position nearest{std::clamp(at.x, area.min.x, std::max(area.min.x, area.max.x)),
                         std::clamp(at.y, area.min.y, std::max(area.min.y, area.max.y))};
  return distance_squared(nearest, at);
}

const content::SpawnPoint* nearest_spawn(const content::MapDef& map, Position at) {
  const content::SpawnPoint* best = nullptr;
  std::int64_t best_distance = std::numeric_limits<std::int64_t>::max();
  for (const content::SpawnPoint& spawn : map.player_spawns) {
    const std::int64_t distance = distance_to(spawn.area, at);
    if (distance >= best_distance) continue;
    best = &spawn;
    best_distance = distance;
  }
  return best;
}

void respawn(WorldState& state, TickContext& ctx, EntityIndex index) {
  Position& at = state.positions[index.value];
  const content::SpawnPoint* spawn = nearest_spawn(*state.map, at);
  // Without a way back it stands up where it fell.
  std::optional<Position> spot;
  if (spawn != nullptr) {
    spot = spot_in_area(ctx.ground, state.map->walk.cell_size(), spawn->area, ctx.rng(Stream::Spawn));
  }
  if (spot) at = *spot;
  Fighter& fighter = state.fighter(index);
  const std::int64_t share = state.content->balance.respawn_health.value;
  const auto part_of = [&](std::int32_t whole) { return static_cast<std::int32_t>(whole * share / kBasisPointsWhole); };
  fighter.hp = std::max(1, part_of(fighter.max_hp()));
  fighter.mana = part_of(fighter.max_mana());
  fighter.regen_hp_part = fighter.regen_mana_part = 0;
  fighter.combat_until = Tick{0};
  stand_in_portal(state, index);
  apply_player_course(state, index);
  ctx.tell(PlayerRespawned{state.player(index).key});
}

}  // namespace

void die(WorldState& state, TickContext& ctx, EntityIndex victim, ActorRef killer) {
  const ActorRef self = state.ref(victim);
  const EntityKind kind = state.kind(victim);
  state.fighter(victim).hp = 0;
  state.fighter(victim).combat_until = Tick{0};
  ctx.tell(Died{self, kind, killer});
  interrupt_cast(state, ctx, victim);
  clear_statuses(state, ctx, victim);
  halt(state.motions[victim.value]);
  forget(state, self);
  if (kind == EntityKind::Player) player_died(state, ctx, victim);
  if (kind == EntityKind::Monster) monster_died(state, ctx, victim, killer);
}

void respawn_players(WorldState& state, TickContext& ctx) {
  for (const EntityIndex index : state.entities.indexes(EntityKind::Player)) {
    if (!state.entities.alive(index) || !state.fighter(index).dead()) continue;
    if (state.player(index).respawn_at <= state.now) respawn(state, ctx, index);
  }
}

}  // namespace throng::sim
