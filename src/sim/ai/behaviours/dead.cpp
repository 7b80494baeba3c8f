// Dead: it lies there until its time is up.

#include "sim/ai/behaviours/all_behaviours.h"

namespace throng::sim {

void think_dead(const Mind& mind) {
  if (mind.now() < mind.monster().decide_at) return;
  const ActorRef corpse = mind.ref();
  mind.state.remove_entity(mind.self);
  mind.ctx.tell(EntityRemoved{corpse.index, EntityKind::Monster, corpse.id});
}

}  // namespace throng::sim
