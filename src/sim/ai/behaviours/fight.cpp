#include "sim/ai/behaviours/fight.h"

#include "sim/ai/monster_skills.h"
#include "sim/ai/senses.h"
#include "sim/ai/steering.h"
#include "sim/ai/summoned.h"
#include "sim/ai/threat.h"
#include "sim/ai/transitions.h"
#include "sim/combat/status.h"

namespace throng::sim {
namespace {

void leave(const Mind& mind, Reason reason) { enter(mind.state, mind.ctx, mind.self, reason); }

void forget_the_fallen(const Mind& mind) {
  ThreatTable& table = mind.threat();
  for (std::size_t i = 0; i < table.count; ++i) {
    ThreatTable::Entry& entry = table.entries[i];
    if (entry.threat > 0 && !can_be_fought(mind.state, entry.actor)) entry.threat = 0;
  }
}

/// A summoned monster fights whom its owner attacks, whoever has hurt it more.
void follow_owners_lead(const Mind& mind) {
  MonsterState& monster = mind.monster();
  if (!mind.state.exists(monster.owner)) return;
  monster.home = mind.state.positions[monster.owner.index.value];
  const ActorRef enemy = enemy_of_owner(mind);
  if (!enemy.named() || enemy == monster.target) return;
  clear_threat(mind.threat());
  add_threat(mind.threat(), enemy, 1, 0);
}

void tell_threat(const Mind& mind, bool taunted) {
  for (std::size_t i = 0; i < mind.threat().count; ++i) {
    const ThreatTable::Entry& entry = mind.threat().entries[i];
    const bool chosen = entry.actor == mind.monster().target;
    mind.weigh("target", chosen ? (taunted ? "taunts" : "chosen") : "too little threat", entry.threat);
  }
}

/// It compares its enemies now and then, and at once when it has lost its target.
bool choose(const Mind& mind) {
  MonsterState& monster = mind.monster();
  const bool has_target = can_be_fought(mind.state, monster.target);
  if (!has_target || mind.every(kSenseTicks)) {
    forget_the_fallen(mind);
    if (monster.owner.named()) follow_owners_lead(mind);
    const bool taunted = has_target && mind.threat().taunted_until > mind.now();
    if (!taunted) monster.target = choose_target(mind.threat(), monster.target);
  }
  if (mind.why != nullptr) tell_threat(mind, mind.threat().taunted_until > mind.now());
  return monster.target.named();
}

bool beyond_leash(const Mind& mind) {
  const MonsterState& monster = mind.monster();
  if (!within(mind.at(), monster.home, mind.def().leash_range)) return true;
  return !monster.owner.named() && !within(mind.at(), monster.chase_from, mind.def().chase_range);
}

bool has_something_else_to_do(const Mind& mind) {
  if (is_stunned(mind.state, mind.self)) {
    mind.weigh("act", "stunned");
  } else if (mind.fighter().cast.active()) {
    mind.weigh("act", "casts", mind.fighter().cast.skill.value);
  } else {
    return false;
  }
  stand(mind);
  return true;
}

}  // namespace

bool wants_to_flee(const WorldState& state, EntityIndex index) {
  const content::MonsterDef& def = state.monster_def(index);
  if (def.flee_below.value <= 0 || !health_at_most(state.fighter(index), def.flee_below)) return false;
  return def.aggression == content::Aggression::Passive || !state.monster(index).fled;
}

bool keep_fighting(const Mind& mind) {
  const AiState before = mind.monster().ai;
  if (!choose(mind)) {
    mind.weigh("fight", "nobody is left");
    leave(mind, Reason::NobodyLeft);
    return false;
  }
  if (beyond_leash(mind)) {
    mind.weigh("fight", "beyond its leash");
    leave(mind, Reason::Leashed);
    return false;
  }
  if (wants_to_flee(mind.state, mind.self)) {
    mind.weigh("flee", "chosen", mind.fighter().hp);
    leave(mind, Reason::Afraid);
    return false;
  }
  if (mind.def().boss) advance_phases(mind);
  if (mind.monster().ai != before || has_something_else_to_do(mind)) return false;
  return can_be_fought(mind.state, mind.monster().target);
}

}  // namespace throng::sim
