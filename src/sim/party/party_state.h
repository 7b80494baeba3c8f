#pragma once
// A group of players in one world who share experience and loot.

#include <cstdint>
#include <vector>

#include "content/game/balance.h"
#include "sim/intent.h"

namespace throng::sim {

enum class LootRule : std::uint8_t {
  Free,        ///< what a member's kill leaves may be taken by any member
  RoundRobin,  ///< by one member in turn
};

struct PartyState {
  std::vector<PlayerKey> members;  ///< the leader first; empty: no party has this number
  std::vector<PlayerKey> invited;  ///< at most kPartySizeMax
  LootRule loot_rule = LootRule::Free;
  std::uint8_t next_looter = 0;
  friend bool operator==(const PartyState&, const PartyState&) = default;
};

inline constexpr std::uint16_t kNoParty = 0xffff;
inline constexpr std::size_t kPartiesMax = 4096;

}  // namespace throng::sim
