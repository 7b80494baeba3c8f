#include "sim/combat/relations.h"

#include "sim/party/party.h"

namespace throng::sim {
namespace {

bool is_fighter(const WorldState& state, EntityIndex index) {
  const EntityKind kind = state.kind(index);
  return kind == EntityKind::Player || kind == EntityKind::Monster;
}

bool is_inside(const content::MapArea& area, Position at) {
  return at.x >= area.min.x && at.x < area.max.x && at.y >= area.min.y && at.y < area.max.y;
}

/// The player on whose side somebody fights: itself, or whoever summoned it. A monster of nobody is on its own side.
EntityIndex leader_of(const WorldState& state, EntityIndex index) {
  if (state.kind(index) != EntityKind::Monster) return index;
  const ActorRef owner = state.monster(index).owner;
  return state.exists(owner) && state.kind(owner.index) == EntityKind::Player ? owner.index : index;
}

/// Between the sides of two different players; what counts is where the two who meet stand themselves.
Verdict may_duel(const WorldState& state, EntityIndex a, EntityIndex b, EntityIndex leader_a, EntityIndex leader_b) {
  using content::PvpRule;
  const PvpRule at_a = pvp_rule_at(*state.map, state.positions[a.value]);
  const PvpRule at_b = pvp_rule_at(*state.map, state.positions[b.value]);
  if (at_a == PvpRule::Safe || at_b == PvpRule::Safe) return Verdict::SafeZone;
  if (at_a == PvpRule::Arena && at_b == PvpRule::Arena) return Verdict::Accepted;
  return same_party(state, leader_a, leader_b) ? Verdict::WrongTarget : Verdict::Accepted;
}

}  // namespace

content::PvpRule pvp_rule_at(const content::MapDef& map, Position at) {
  for (auto zone = map.zones.rbegin(); zone != map.zones.rend(); ++zone) {
    if (is_inside(zone->area, at)) return zone->pvp;
  }
  return content::PvpRule::Safe;
}

Verdict may_harm(const WorldState& state, EntityIndex attacker, EntityIndex target) {
  if (!is_fighter(state, attacker) || !is_fighter(state, target) || attacker == target) return Verdict::WrongTarget;
  if (state.fighter(attacker).dead() || state.fighter(target).dead()) return Verdict::Dead;
  const EntityIndex attackers = leader_of(state, attacker);
  const EntityIndex targets = leader_of(state, target);
  if (attackers == targets) return Verdict::WrongTarget;
  if (state.kind(target) == EntityKind::Monster && state.monster(target).ai == AiState::Return) {
    return Verdict::WrongTarget;
  }
  const bool player_attacks = state.kind(attackers) == EntityKind::Player;
  const bool player_attacked = state.kind(targets) == EntityKind::Player;
  if (player_attacks != player_attacked) return Verdict::Accepted;
  return player_attacks ? may_duel(state, attacker, target, attackers, targets) : Verdict::WrongTarget;
}

bool is_between_players(const WorldState& state, ActorRef attacker, EntityIndex target) {
  if (!attacker.named() || attacker.index == target) return false;
  // An index serves one kind for ever, so this holds for attackers who are gone too.
  const EntityIndex leader = state.exists(attacker) ? leader_of(state, attacker.index) : attacker.index;
  return state.kind(leader) == EntityKind::Player && state.kind(leader_of(state, target)) == EntityKind::Player;
}

bool are_allies(const WorldState& state, EntityIndex a, EntityIndex b) {
  if (!is_fighter(state, a) || !is_fighter(state, b)) return false;
  const EntityIndex leader_a = leader_of(state, a);
  const EntityIndex leader_b = leader_of(state, b);
  if (leader_a == leader_b) return true;
  if (state.kind(leader_a) != state.kind(leader_b)) return false;
  return state.kind(leader_a) == EntityKind::Monster || may_duel(state, a, b, leader_a, leader_b) != Verdict::Accepted;
}

}  // namespace throng::sim
