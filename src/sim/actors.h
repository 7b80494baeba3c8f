#pragma once
// The rows of players and monsters beside their position: what game rules read and what clients are shown.

#include <cstdint>

#include "base/units.h"
#include "sim/entity_pool.h"
#include "sim/intent.h"

namespace throng::sim {

/// Shown to clients as the field `state`. The numbers are saved; new ones go at the end.
enum class Activity : std::uint8_t { Idle, Moving };

inline constexpr std::int32_t kPlayerStartLevel = 1;
inline constexpr std::int32_t kPlayerStartHp = 100;

struct PlayerState {
  PlayerKey key;
  PlayerName name;
  Activity activity = Activity::Idle;
  bool has_moved = false;  ///< a Move was applied, so `move_seq` means something
  std::int32_t level = kPlayerStartLevel;
  std::int32_t hp = kPlayerStartHp;  ///< [0, max_hp]
  std::int32_t max_hp = kPlayerStartHp;
  BasisPoints direction_x;  ///< where it walks; the length of the direction is at most 10'000
  BasisPoints direction_y;
  std::uint32_t move_seq = 0;  ///< `seq` of the last Move that was applied
};

struct MonsterState {
  std::uint16_t kind = 0;  ///< index in MonstersDef::kinds
  Activity activity = Activity::Idle;
  std::int32_t level = 1;
  std::int32_t hp = 1;  ///< [0, max_hp]
  std::int32_t max_hp = 1;
  Position home;         ///< where it appeared; it strolls round this place
  Position destination;  ///< meaningful while it moves
  Tick decide_at;        ///< when it next chooses what to do: arrival, or the end of its pause
};

}  // namespace throng::sim
