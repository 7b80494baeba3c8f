#include "sim/combat/find_target.h"

namespace throng::sim {

std::optional<EntityIndex> find_target(const WorldState& state, EntityIndex seeker, EntityId wanted) {
  const std::optional<EntityIndex> found = state.entities.find(wanted);
  if (!found) return std::nullopt;
  const EntityKind kind = state.kind(*found);
  const Position from = state.positions[seeker.value];
  const bool is_fighter = kind == EntityKind::Player || kind == EntityKind::Monster;
  const bool near =
      distance_squared(from, state.positions[found->value]) <= std::int64_t{kTargetReach.value} * kTargetReach.value;
  return is_fighter && near ? found : std::nullopt;
}

}  // namespace throng::sim
