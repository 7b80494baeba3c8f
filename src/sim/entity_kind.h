#pragma once
// What an entity is. Fixed for its life; each kind is one map of the synchronised state.

#include <cstddef>
#include <cstdint>

namespace throng::sim {

/// The numbers are saved; new kinds go at the end.
enum class EntityKind : std::uint8_t { Player, Monster, Npc, Drop };

inline constexpr std::size_t kEntityKinds = 4;

}  // namespace throng::sim
