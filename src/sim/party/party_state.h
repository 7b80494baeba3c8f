#pragma once
// A group of players in one world who share experience and loot.

#include <cstdint>
#include <vector>

#include "content/game/balance.h"
#include "sim/intent.h"

namespace throng::sim {

struct PartyState {
  std::vector<PlayerKey>
      members;  ///< the leader first; of a kept party those who are here; empty: no party has this number
  std::vector<PlayerKey> invited;  ///< at most kPartySizeMax
  LootRule loot_rule = LootRule::Free;
  std::uint8_t next_looter = 0;
  PartyId kept;  ///< in the store, which governs it; 0: a party of this world alone
  friend bool operator==(const PartyState&, const PartyState&) = default;
};

inline constexpr std::uint16_t kNoParty = 0xffff;
inline constexpr std::size_t kPartiesMax = 4096;

}  // namespace throng::sim
