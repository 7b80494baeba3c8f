#pragma once
// Stacks in numbered slots: what fits where. Pure; who has the bag, and who is told, is the business of items.h.

#include <span>

#include "content/game/game_content.h"
#include "sim/item/inventory.h"

namespace throng::sim {

using BagSpan = std::span<ItemStack, content::kBagCapacityMax>;
using BagView = std::span<const ItemStack, content::kBagCapacityMax>;

/// How many of this item one slot holds. What wears out does not stack: each piece has its own durability.
int stack_limit(const content::ItemDef& def);

/// A stack as it comes from its maker: unworn, and bound when taking it binds.
ItemStack fresh_stack(const content::GameContent& content, content::ItemRef item, int count);

/// Whether the two could share a slot, had it room: the same item, equally bound and worn, and no pieces with a uid.
bool same_things(const ItemStack& a, const ItemStack& b);

/// How many of `stack` the first `capacity` slots would take.
int room_in_bag(BagView bag, int capacity, const content::ItemDef& def, const ItemStack& stack);

/// Puts in what fits, on started stacks first, then into the first free slots. @return how many that were
int put_in_bag(BagSpan bag, int capacity, const content::ItemDef& def, const ItemStack& stack);

/// Of this item in the first `slots` slots.
int count_in_bag(BagView bag, int slots, content::ItemRef item);

/// Takes exactly `count`, from the first stacks, or nothing. What lies beyond a capacity that has shrunk counts too.
/// @return whether they were there
bool take_from_bag(BagSpan bag, content::ItemRef item, int count);

/// Fills up started stacks and orders them by type, rarity (the best first) and id, from slot 0 on.
void sort_bag(BagSpan bag, const content::GameContent& content);

/// The first free slot below `capacity`; kBagCapacityMax when there is none.
std::size_t free_slot(BagView bag, int capacity);

/// The first stack of this item; kBagCapacityMax when there is none.
std::size_t slot_of(BagView bag, content::ItemRef item);

}  // namespace throng::sim
