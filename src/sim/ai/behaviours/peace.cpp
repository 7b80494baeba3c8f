#include "sim/ai/behaviours/peace.h"

#include <algorithm>

#include "sim/ai/senses.h"
#include "sim/ai/summoned.h"
#include "sim/ai/threat.h"
#include "sim/combat/status.h"

namespace throng::sim {
namespace {

/// Otherwise somebody could come back again and again for a little of its health.
void calm_down(const Mind& mind) {
  if (mind.threat().count == 0 || in_combat(mind.state, mind.self)) return;
  clear_threat(mind.threat());
  mind.fighter().hp = mind.fighter().max_hp();
  mind.weigh("calm down", "nobody has hurt it for a while");
}

bool join_owner(const Mind& mind) {
  const ActorRef enemy = enemy_of_owner(mind);
  if (!enemy.named()) return false;
  mind.weigh("fight for its owner", "chosen");
  begin_fight(mind.state, mind.ctx, mind.self, enemy, Reason::OwnerFights);
  return true;
}

}  // namespace

bool look_round(const Mind& mind) {
  if (mind.monster().owner.named()) return join_owner(mind);
  if (mind.def().aggression == content::Aggression::Passive) calm_down(mind);
  if (mind.def().aggression != content::Aggression::Aggressive) {
    mind.weigh("look for prey", "not aggressive");
    return false;
  }
  const ActorRef prey = notice(mind);
  mind.weigh("look for prey", prey.named() ? "chosen" : "nobody in range and sight", mind.def().detection_range.value);
  if (!prey.named()) return false;
  begin_fight(mind.state, mind.ctx, mind.self, prey, Reason::Noticed);
  call_pack(mind.state, mind.ctx, mind.self, prey);
  return true;
}

Tick pause_of(const Mind& mind) {
  const content::MonsterDef& def = mind.def();
  const int ms = mind.ctx.rng(Stream::Wander).between(def.idle_ms_min, std::max(def.idle_ms_min, def.idle_ms_max));
  return std::max(Tick{1}, mind.state.ticks(ms));
}

}  // namespace throng::sim
