#include "sim/ai/senses.h"

#include "sim/ai/threat.h"
#include "sim/space/integer_sqrt.h"
#include "sim/space/line_of_sight.h"

namespace throng::sim {
namespace {

/// What somebody is worth who has done nothing yet.
constexpr std::int64_t kFirstThreat = 1;

bool at_peace(const MonsterState& monster) { return monster.ai == AiState::Idle || monster.ai == AiState::Patrol; }

bool would_help(const WorldState& state, EntityIndex index, const content::MonsterDef& caller) {
  if (!state.entities.alive(index) || state.kind(index) != EntityKind::Monster) return false;
  if (!at_peace(state.monster(index)) || state.monster(index).owner.named()) return false;
  const content::MonsterDef& def = state.monster_def(index);
  return def.aggression != content::Aggression::Passive && def.pack == caller.pack;
}

}  // namespace

bool can_be_fought(const WorldState& state, ActorRef actor) {
  if (!state.exists(actor) || state.fighter(actor.index).dead()) return false;
  return state.kind(actor.index) != EntityKind::Monster || state.monster(actor.index).ai != AiState::Return;
}

std::int64_t distance_to_target(const Mind& mind) {
  const ActorRef target = mind.monster().target;
  if (!mind.state.exists(target)) return -1;
  const std::int64_t distance = distance_squared(mind.at(), mind.state.positions[target.index.value]);
  return integer_sqrt(static_cast<std::uint64_t>(distance));
}

bool sees(const Mind& mind, ActorRef target) {
  return way_clear(mind.state.map->walk, mind.at(), mind.state.positions[target.index.value], Milliunits{0});
}

ActorRef notice(const Mind& mind) {
  const WorldState& state = mind.state;
  const Milliunits range = mind.def().detection_range;
  ActorRef nearest;
  std::int64_t nearest_distance = squared(range) + 1;
  state.monster_scratch.players.visit_near(mind.at(), range, [&](const SpatialGrid::Entry& entry) {
    const std::int64_t distance = distance_squared(mind.at(), entry.position);
    const ActorRef player = state.ref(entry.index);
    const bool better = distance < nearest_distance || (distance == nearest_distance && player.id < nearest.id);
    if (!better || state.fighter(entry.index).dead() || !sees(mind, player)) return;
    nearest = player;
    nearest_distance = distance;
  });
  return nearest;
}

void begin_fight(WorldState& state, TickContext& ctx, EntityIndex monster, ActorRef target, Reason reason) {
  add_threat(state.threat(monster), target, kFirstThreat, 0);
  state.monster(monster).target = target;
  enter(state, ctx, monster, reason);
}

void call_pack(WorldState& state, TickContext& ctx, EntityIndex monster, ActorRef target) {
  const content::MonsterDef& def = state.monster_def(monster);
  if (def.pack.empty()) return;
  const Position at = state.positions[monster.value];
  ctx.grid.visit_near(at, def.pack_radius, [&](const SpatialGrid::Entry& entry) {
    if (entry.index == monster || !within(at, entry.position, def.pack_radius)) return;
    if (would_help(state, entry.index, def)) begin_fight(state, ctx, entry.index, target, Reason::Called);
  });
}

}  // namespace throng::sim
