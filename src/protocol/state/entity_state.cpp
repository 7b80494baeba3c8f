#include "protocol/state/entity_state.h"

#include <array>

namespace throng::protocol {

std::span<const EntityStateInfo> entity_states() {
  static constexpr std::array kStates = {
      EntityStateInfo{EntityState::Idle, "Idle", "stands still"},
      EntityStateInfo{EntityState::Moving, "Moving", "walks; a monster: patrols"},
      EntityStateInfo{EntityState::Dead, "Dead", "lies where it fell"},
      EntityStateInfo{EntityState::Casting, "Casting", "is busy with a skill that takes time; players only"},
      EntityStateInfo{EntityState::Fighting, "Fighting", "strikes at something"},
      EntityStateInfo{EntityState::Chasing, "Chasing", "runs after its target; monsters only"},
      EntityStateInfo{EntityState::Fleeing, "Fleeing", "runs from its enemies; monsters only"},
      EntityStateInfo{EntityState::Returning, "Returning", "goes home and cannot be harmed; monsters only"},
  };
  return kStates;
}

}  // namespace throng::protocol
