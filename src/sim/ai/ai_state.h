#pragma once
// The seven states of a monster.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace throng::sim {

/// The numbers are saved and shown to clients; there are seven and will be seven.
enum class AiState : std::uint8_t { Idle, Patrol, Chase, Attack, Flee, Return, Dead };
inline constexpr std::size_t kAiStates = 7;

std::string_view ai_state_name(AiState state);

}  // namespace throng::sim
