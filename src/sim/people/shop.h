#pragma once
// What things cost. Pure; the trading itself is in people.h.

#include <cstdint>

#include "content/game/game_content.h"
#include "sim/item/inventory.h"

namespace throng::sim {

/// What the npc asks for one of this item; 0 is not for sale there.
std::int64_t asking_price(const content::GameContent& content, const content::NpcDef& npc, content::ItemRef item);

/// Half of what a shop would pay for the piece, by the share of its durability that is missing, rounded down, and a
/// coin; 0 for what needs no repair.
std::int64_t repair_price(const content::ItemDef& def, const ItemStack& stack);
/// Of everything worn and in the bag.
std::int64_t repair_price(const content::GameContent& content, const Inventory& inventory);

}  // namespace throng::sim
