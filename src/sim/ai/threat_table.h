#pragma once
// Whom a monster is angry with, and how much.

#include <array>
#include <cstdint>

#include "sim/actors.h"

namespace throng::sim {

/// Threat is hit points of damage or their worth. Entries [0, count) are sorted by entity id.
struct ThreatTable {
  static constexpr std::size_t kEntriesMax = 16;  ///< a further attacker replaces the one with the least threat
  struct Entry {
    ActorRef actor;
    std::int64_t threat = 0;  ///< [0, 10^12]
    std::int64_t damage = 0;  ///< really dealt: the share of the kill
  };
  std::uint8_t count = 0;
  Tick taunted_until;  ///< until then the target does not change
  std::array<Entry, kEntriesMax> entries{};
};

}  // namespace throng::sim
