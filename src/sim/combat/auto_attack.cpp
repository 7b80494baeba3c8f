// The basic attack of players, which goes on by itself; promised in damage.h.
#include "sim/combat/damage.h"
#include "sim/combat/find_target.h"
#include "sim/combat/relations.h"
#include "sim/combat/status.h"
#include "sim/player/activity.h"
#include "sim/space/line_of_sight.h"

namespace throng::sim {
namespace {

Verdict check_auto_target(const WorldState& state, EntityIndex player, const std::optional<EntityIndex>& target) {
  if (state.fighter(player).dead()) return Verdict::Dead;
  if (!target) return Verdict::NoSuchTarget;
  if (state.fighter(*target).dead()) return Verdict::WrongTarget;
  return may_harm(state, player, *target);
}

bool can_strike(const WorldState& state, EntityIndex player, EntityIndex target) {
  const Fighter& fighter = state.fighter(player);
  if (fighter.attack_ready > state.now || fighter.cast.active() || is_stunned(state, player)) return false;
  const Position from = state.positions[player.value];
  const Position to = state.positions[target.value];
  const std::int64_t range = state.content->balance.melee_range.value;
  return distance_squared(from, to) <= range * range && may_harm(state, player, target) == Verdict::Accepted &&
         way_clear(state.map->walk, from, to, Milliunits{0});
}

/// Out of reach it waits; the end is the death of either, or that the target is gone.
void advance_auto_attack(WorldState& state, TickContext& ctx, EntityIndex player) {
  const ActorRef target = state.player(player).auto_target;
  if (!target.named() || state.fighter(player).dead()) return;
  if (!state.exists(target) || state.fighter(target.index).dead()) {
    state.player(player).auto_target = {};
  } else if (can_strike(state, player, target.index)) {
    basic_attack(state, ctx, player, target.index, state.content->balance.attack_cooldown_ms);
  }
}

}  // namespace

void set_auto_target(WorldState& state, TickContext& ctx, const Attack& intent) {
  const std::optional<EntityIndex> player = state.players_by_key.find(intent.key);
  if (!player) return;
  if (intent.target == EntityId{0}) {
    state.player(*player).auto_target = {};
    return;
  }
  const std::optional<EntityIndex> target = find_target(state, *player, intent.target);
  const Verdict verdict = check_auto_target(state, *player, target);
  if (verdict != Verdict::Accepted) return ctx.refuse(intent.key, verdict, intent.request);
  state.player(*player).auto_target = state.ref(*target);
}

void advance_auto_attacks(WorldState& state, TickContext& ctx) {
  for (std::size_t i = 0; i < state.entities.indexes(EntityKind::Player).size(); ++i) {
    const EntityIndex player = state.entities.indexes(EntityKind::Player)[i];
    if (!state.entities.alive(player)) continue;
    advance_auto_attack(state, ctx, player);
    state.player(player).activity = activity_of(state, player);
  }
}

}  // namespace throng::sim
