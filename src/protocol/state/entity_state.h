#pragma once
// The values of the `state` field of players and monsters. Stable: clients choose animations by them.

#include <cstdint>
#include <span>
#include <string_view>

namespace throng::protocol {

/// Players have 0 to 4. A monster's are the seven states of its mind: Idle, Moving (patrols), Chasing, Fighting (attacks),
/// Fleeing, Returning, Dead.
enum class EntityState : std::uint8_t {
  Idle = 0,
  Moving = 1,
  Dead = 2,
  Casting = 3,
  Fighting = 4,
  Chasing = 5,
  Fleeing = 6,
  Returning = 7,
};

struct EntityStateInfo {
  EntityState value;
  std::string_view name;
  std::string_view help;
};

/// For the reference page and the generated client types; in the order of the values.
std::span<const EntityStateInfo> entity_states();

}  // namespace throng::protocol
