#pragma once
// Something that lies on the ground.

#include <cstdint>

#include "base/units.h"
#include "sim/intent.h"
#include "sim/item/inventory.h"

namespace throng::sim {

/// No player has this key; what it owns is everybody's.
inline constexpr PlayerKey kNobody{0xffff'ffffu};

struct DropState {
  ItemStack stack;               ///< item none: coins
  std::int64_t coins = 0;
  PlayerKey owner = kNobody;     ///< while `now < free_at` and this player is in the world: only it, and
  std::uint16_t party = 0xffff;  ///< this party (LootRule::Free); none
  Tick free_at;
  Tick gone_at;
};

inline constexpr std::size_t kDropsMax = 8'000;  ///< in one world; beyond it the oldest goes

}  // namespace throng::sim
