#include "sim/ai/act_monsters.h"

#include "sim/ai/behaviours/wander.h"

namespace throng::sim {

void act_monsters(WorldState& state, TickContext& ctx) {
  const std::span<const EntityIndex> indexes = state.entities.indexes(EntityKind::Monster);
  for (std::size_t slot = 0; slot < indexes.size(); ++slot) {
    const MonsterState& monster = state.monster_rows[slot];
    const EntityIndex index = indexes[slot];
    const bool is_due = monster.decide_at <= state.now;
    const bool is_stalled = monster.activity == Activity::Moving && state.motions[index.value].stalled != 0;
    if ((is_due || is_stalled) && state.entities.alive(index)) wander(state, ctx, index);
  }
}

}  // namespace throng::sim
