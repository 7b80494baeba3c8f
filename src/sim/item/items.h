#pragma once
// Things change hands: the one place where items and coins come into or go out of a character's possession, but for the
// exchange between two (trade/exchange.h).

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// Items of a kind in the bag (not worn).
int count_items(const Inventory& inventory, content::ItemRef item, int capacity);
/// How many of `count` fresh ones would fit into the bag.
int room_for(const WorldState& state, EntityIndex player, content::ItemRef item, int count);

/// Puts items into the bag, on started stacks first, bound when that is how the item binds; tells ItemMoved. Pieces of
/// what does not stack get their uid here, unless they have one.
/// @return how many fitted
int give_items(WorldState& state, TickContext& ctx, EntityIndex player, const ItemStack& stack, Source source);
/// Takes exactly `count` out of the bag, or nothing. @return whether they were there
bool take_items(WorldState& state, TickContext& ctx, EntityIndex player, content::ItemRef item, int count,
                Source source);
/// Takes `count` out of one slot of the bag, which holds at least so many. @return what was taken
ItemStack take_from_slot(WorldState& state, TickContext& ctx, EntityIndex player, BagSlot slot, int count,
                         Source source);
/// @return false, and changes nothing, when that would go below 0; above kCoinsMax it is cut off
bool move_coins(WorldState& state, TickContext& ctx, EntityIndex player, std::int64_t amount, Source source);
/// Wears out what is worn by this share of its durability, at least by a point; a break derives the stats anew.
void wear_down(WorldState& state, TickContext& ctx, EntityIndex player, BasisPoints share);

// Intents.
void use_item(WorldState& state, TickContext& ctx, const UseItem& intent);
void equip(WorldState& state, TickContext& ctx, const Equip& intent);
void unequip(WorldState& state, TickContext& ctx, const Unequip& intent);
void arrange_bag(WorldState& state, TickContext& ctx, const ArrangeBag& intent);

}  // namespace throng::sim
