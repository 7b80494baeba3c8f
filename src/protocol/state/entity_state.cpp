#include "protocol/state/entity_state.h"

#include <array>

namespace throng::protocol {

std::span<const EntityStateInfo> entity_states() {
  static constexpr std::array kStates = {
      EntityStateInfo{EntityState::Idle, "Idle", "stands still"},
      EntityStateInfo{EntityState::Moving, "Moving", "walks"},
      EntityStateInfo{EntityState::Dead, "Dead", "lies where it fell"},
      EntityStateInfo{EntityState::Casting, "Casting", "is busy with a skill that takes time"},
      EntityStateInfo{EntityState::Fighting, "Fighting", "strikes at something"},
  };
  return kStates;
}

}  // namespace throng::protocol
