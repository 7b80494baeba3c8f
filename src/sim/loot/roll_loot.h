#pragma once
// Rolling a loot table without the heap, for the ticks.

#include <array>

#include "sim/loot/loot.h"

namespace throng::sim {

struct RolledLootList {
  std::array<RolledLoot, kRolledMax> rolled{};
  std::size_t size = 0;
};

/// The same as the `roll_loot` of loot.h.
RolledLootList roll_loot(const content::GameContent& content, content::LootRef table, int level, Rng& rng);

}  // namespace throng::sim
