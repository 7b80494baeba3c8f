#include "sim/ai/ai_state.h"

#include <array>

namespace throng::sim {

std::string_view ai_state_name(AiState state) {
  constexpr std::array<std::string_view, kAiStates> kNames = {"Idle", "Patrol", "Chase", "Attack",
                                                              "Flee", "Return", "Dead"};
  return kNames[static_cast<std::size_t>(state)];
}

}  // namespace throng::sim
