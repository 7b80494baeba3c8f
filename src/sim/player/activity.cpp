#include "sim/player/activity.h"

#include "sim/combat/status.h"

namespace throng::sim {

Activity activity_of(const WorldState& state, EntityIndex index) {
  const Fighter& fighter = state.fighter(index);
  if (fighter.dead()) return Activity::Dead;
  if (fighter.cast.active()) return Activity::Casting;
  if (state.player(index).auto_target.named() && in_combat(state, index)) return Activity::Fighting;
  return state.motions[index.value].rests() ? Activity::Idle : Activity::Moving;
}

}  // namespace throng::sim
