// Idle: it stands and looks round until its pause is over.

#include "sim/ai/behaviours/all_behaviours.h"
#include "sim/ai/behaviours/patrol_goal.h"
#include "sim/ai/behaviours/peace.h"
#include "sim/ai/senses.h"
#include "sim/ai/steering.h"
#include "sim/ai/summoned.h"
#include "sim/ai/transitions.h"
#include "sim/space/line_of_sight.h"

namespace throng::sim {
namespace {

/// How often it looks whether it stands on somebody's feet.
constexpr std::uint32_t kRoomTicks = 16;

void walk_to(const Mind& mind, Position goal, Reason reason) {
  enter(mind.state, mind.ctx, mind.self, reason);
  set_out(mind, goal);
}

/// One step aside when it stands too near to another one; a guard's place is the new one from then on.
bool make_room(const Mind& mind) {
  const auto away = away_from_neighbours(mind);
  if (!away || speed_now(mind, mind.def().patrol_speed).value == 0) return false;
  const auto step = [](BasisPoints part) {
    return Milliunits{static_cast<std::int32_t>(std::int64_t{kElbowRoom.value} * part.value / kBasisPointsWhole)};
  };
  const Position aside{mind.at().x + step(away->x), mind.at().y + step(away->y)};
  const bool free = mind.ctx.ground.fits(aside) &&
                    way_clear(mind.state.map->walk, mind.at(), aside, mind.ctx.ground.body_half_size());
  mind.weigh("make room", free ? "chosen" : "no room there");
  if (!free) return false;
  if (mind.def().patrol == content::PatrolMode::None) mind.monster().home = aside;
  walk_to(mind, aside, Reason::PauseOver);
  return true;
}

}  // namespace

void think_idle(const Mind& mind) {
  if (mind.near && mind.every(kSenseTicks) && look_round(mind)) return;
  if (mind.near && mind.every(kRoomTicks) && make_room(mind)) return;
  if (mind.now() < mind.monster().decide_at) return;
  mind.monster().decide_at = mind.now() + pause_of(mind);
  if (mind.monster().owner.named()) {
    if (const auto goal = place_near_owner(mind)) walk_to(mind, *goal, Reason::OwnerLeft);
    return;
  }
  const std::optional<Position> goal = next_patrol_goal(mind);
  mind.weigh("stroll", goal ? "chosen" : "nowhere to go");
  if (goal) walk_to(mind, *goal, Reason::PauseOver);
}

}  // namespace throng::sim
