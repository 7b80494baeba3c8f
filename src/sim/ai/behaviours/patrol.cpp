// Patrol: it walks to its goal, with its eyes open.

#include "sim/ai/behaviours/all_behaviours.h"
#include "sim/ai/behaviours/patrol_goal.h"
#include "sim/ai/behaviours/peace.h"
#include "sim/ai/senses.h"
#include "sim/ai/steering.h"
#include "sim/ai/summoned.h"
#include "sim/ai/transitions.h"

namespace throng::sim {
namespace {

/// How often a summoned monster looks where its owner has gone.
constexpr std::uint32_t kFollowTicks = 10;

void rest_for(const Mind& mind, Tick pause) {
  enter(mind.state, mind.ctx, mind.self, Reason::Arrived);
  mind.monster().decide_at = mind.now() + pause;
}

void go_on(const Mind& mind) {
  const std::optional<Tick> pause = wait_at_goal(mind);
  const std::optional<Position> goal = pause ? std::nullopt : next_patrol_goal(mind);
  if (!goal) return rest_for(mind, pause ? *pause : pause_of(mind));
  mind.weigh("go on", "chosen");
  set_out(mind, *goal);
}

void follow(const Mind& mind) {
  if (mind.every(kFollowTicks)) {
    const std::optional<Position> goal = place_near_owner(mind);
    if (!goal) return rest_for(mind, Tick{kFollowTicks});
    set_out(mind, *goal);
  }
  if (walk(mind, speed_now(mind, mind.def().chase_speed)) != Walk::OnTheWay) rest_for(mind, Tick{kFollowTicks});
}

}  // namespace

void think_patrol(const Mind& mind) {
  if (mind.near && mind.every(kSenseTicks) && look_round(mind)) return;
  if (mind.monster().owner.named()) return follow(mind);
  const Walk way = walk(mind, speed_now(mind, mind.def().patrol_speed));
  mind.weigh("walk on", way == Walk::OnTheWay ? "chosen" : way == Walk::Arrived ? "has arrived" : "no way there");
  if (way != Walk::OnTheWay) go_on(mind);
}

}  // namespace throng::sim
