// Chase: it runs to its target until that is within reach.

#include "sim/ai/behaviours/all_behaviours.h"
#include "sim/ai/behaviours/fight.h"
#include "sim/ai/monster_skills.h"
#include "sim/ai/senses.h"
#include "sim/ai/steering.h"
#include "sim/ai/transitions.h"

namespace throng::sim {
namespace {

bool target_is_out_of_reach(const Mind& mind) {
  const Tick since = mind.monster().unreachable_since;
  return since != Tick{} && mind.now() - since >= mind.state.ticks(kUnreachableMs);
}

}  // namespace

void think_chase(const Mind& mind) {
  if (!keep_fighting(mind)) return;
  const ActorRef target = mind.monster().target;
  const Position goal = mind.state.positions[target.index.value];
  const bool in_range = within(mind.at(), goal, mind.def().attack_range);
  if (in_range && sees(mind, target)) {
    mind.weigh("attack", "chosen");
    return enter(mind.state, mind.ctx, mind.self, Reason::InRange);
  }
  mind.weigh("attack", in_range ? "target out of sight" : "target out of range", mind.def().attack_range.value);
  if (target_is_out_of_reach(mind)) {
    mind.weigh("chase", "no way to the target");
    return enter(mind.state, mind.ctx, mind.self, Reason::Unreachable);
  }
  if (use_a_skill(mind)) return;
  mind.weigh("chase", "chosen");
  pursue(mind, goal, speed_now(mind, mind.def().chase_speed));
}

}  // namespace throng::sim
