#include "sim/ai/summoned.h"

#include "sim/ai/senses.h"
#include "sim/ai/threat.h"
#include "sim/combat/relations.h"

namespace throng::sim {
namespace {

/// Nearer than this it stays where it is.
constexpr Milliunits kNearOwner = units(64);
/// As far does it look for those who fight its owner.
constexpr Milliunits kDefendWithin = units(320);

bool may_fight(const Mind& mind, ActorRef target) {
  return can_be_fought(mind.state, target) && may_harm(mind.state, mind.self, target.index) == Verdict::Accepted;
}

ActorRef target_of_owner(const WorldState& state, ActorRef owner) {
  if (state.kind(owner.index) == EntityKind::Player) return state.player(owner.index).auto_target;
  if (state.kind(owner.index) == EntityKind::Monster) return state.monster(owner.index).target;
  return {};
}

ActorRef attacker_of_owner(const Mind& mind, ActorRef owner) {
  const WorldState& state = mind.state;
  const Position at = state.positions[owner.index.value];
  ActorRef nearest;
  std::int64_t nearest_distance = squared(kDefendWithin) + 1;
  mind.ctx.grid.visit_near(at, kDefendWithin, [&](const SpatialGrid::Entry& entry) {
    if (!state.entities.alive(entry.index) || state.kind(entry.index) != EntityKind::Monster) return;
    const std::int64_t distance = distance_squared(at, entry.position);
    if (state.monster(entry.index).target != owner || distance >= nearest_distance) return;
    if (!may_fight(mind, state.ref(entry.index))) return;
    nearest = state.ref(entry.index);
    nearest_distance = distance;
  });
  return nearest;
}

}  // namespace

bool is_spent(const WorldState& state, const MonsterState& monster) {
  if (monster.expires != Tick{} && monster.expires <= state.now) return true;
  return monster.owner.named() && !state.exists(monster.owner);
}

ActorRef enemy_of_owner(const Mind& mind) {
  const ActorRef owner = mind.monster().owner;
  if (!mind.state.exists(owner)) return {};
  const ActorRef attacked = target_of_owner(mind.state, owner);
  if (may_fight(mind, attacked)) return attacked;
  const ThreatTable::Entry* own = most_threat(mind.threat());
  if (own != nullptr && may_fight(mind, own->actor)) return own->actor;
  return attacker_of_owner(mind, owner);
}

std::optional<Position> place_near_owner(const Mind& mind) {
  const ActorRef owner = mind.monster().owner;
  if (!mind.state.exists(owner)) return std::nullopt;
  const Position at = mind.state.positions[owner.index.value];
  mind.monster().home = at;
  if (within(mind.at(), at, kNearOwner)) return std::nullopt;
  return at;
}

}  // namespace throng::sim
