#include "sim/combat/find_target.h"

namespace throng::sim {

std::optional<EntityIndex> find_target(const WorldState& state, const TickContext& ctx, EntityIndex seeker,
                                       EntityId wanted) {
  std::optional<EntityIndex> found;
  ctx.grid.visit_near(state.positions[seeker.value], kTargetReach, [&](const SpatialGrid::Entry& entry) {
    if (state.entities.id(entry.index) != wanted || !state.entities.alive(entry.index)) return;
    const EntityKind kind = state.kind(entry.index);
    if (kind == EntityKind::Player || kind == EntityKind::Monster) found = entry.index;
  });
  return found;
}

}  // namespace throng::sim
