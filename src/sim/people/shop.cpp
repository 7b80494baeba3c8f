#include "sim/people/shop.h"

#include <algorithm>

#include "sim/combat/combat_stats.h"
#include "sim/item/bag.h"
#include "sim/item/items.h"
#include "sim/people/people.h"
#include "sim/player/acting_player.h"

namespace throng::sim {
namespace {

Verdict buy(WorldState& state, TickContext& ctx, EntityIndex player, const Trade& intent) {
  const std::int64_t price = asking_price(*state.content, state.content->npc(intent.npc), intent.item);
  if (price == 0) return Verdict::NotForSale;
  if (intent.count == 0) return Verdict::NoSuchItem;
  const std::int64_t total = price * intent.count;
  if (total > state.inventory(player).coins) return Verdict::NotEnoughCoins;
  if (room_for(state, player, intent.item, intent.count) < intent.count) return Verdict::BagFull;
  move_coins(state, ctx, player, -total, Source::Shop);
  give_items(state, ctx, player, fresh_stack(*state.content, intent.item, intent.count), Source::Shop);
  return Verdict::Accepted;
}

void remember_sale(const WorldState& state, Inventory& inventory, const ItemStack& sold, std::int64_t price) {
  const auto most = std::min(kBuyBackMax, static_cast<std::size_t>(std::max(0, state.content->balance.buy_back_max)));
  if (most == 0) return;
  while (inventory.buy_back.size() >= most) inventory.buy_back.erase(inventory.buy_back.begin());
  inventory.buy_back.reserve(kBuyBackMax);
  inventory.buy_back.push_back({sold, price});
}

Verdict sell(WorldState& state, TickContext& ctx, EntityIndex player, const Trade& intent) {
  Inventory& inventory = state.inventory(player);
  if (intent.slot >= inventory.bag.size() || inventory.bag[intent.slot].empty()) return Verdict::NothingThere;
  const ItemStack& slot = inventory.bag[intent.slot];
  if (intent.count == 0 || intent.count > slot.count) return Verdict::NoSuchItem;
  const std::int64_t price = std::int64_t{state.content->item(slot.item).sell_price} * intent.count;
  if (price == 0) return Verdict::NotForSale;
  const ItemStack sold = take_from_slot(state, ctx, player, intent.slot, intent.count, Source::Shop);
  move_coins(state, ctx, player, price, Source::Shop);
  remember_sale(state, inventory, sold, price);
  return Verdict::Accepted;
}

/// The newest sale of this item, the whole of it, for what was paid.
Verdict buy_back(WorldState& state, TickContext& ctx, EntityIndex player, const Trade& intent) {
  Inventory& inventory = state.inventory(player);
  const auto sale = std::find_if(inventory.buy_back.rbegin(), inventory.buy_back.rend(),
                                 [&](const BuyBack& entry) { return entry.stack.item == intent.item; });
  if (sale == inventory.buy_back.rend()) return Verdict::NotForSale;
  const BuyBack bought = *sale;
  if (bought.price > inventory.coins) return Verdict::NotEnoughCoins;
  const content::ItemDef& def = state.content->item(bought.stack.item);
  const int room = room_in_bag(inventory.bag, state.content->balance.bag_capacity, def, bought.stack);
  if (room < bought.stack.count) return Verdict::BagFull;
  inventory.buy_back.erase(std::next(sale).base());
  move_coins(state, ctx, player, -bought.price, Source::Shop);
  give_items(state, ctx, player, bought.stack, Source::Shop);
  return Verdict::Accepted;
}

void mend(const content::GameContent& content, std::span<ItemStack> stacks) {
  for (ItemStack& stack : stacks) {
    if (stack.empty()) continue;
    const content::ItemDef& def = content.item(stack.item);
    if (repair_price(def, stack) > 0) stack.durability = static_cast<std::uint16_t>(def.durability_max);
  }
}

/// Everything at once, or nothing.
Verdict repair(WorldState& state, TickContext& ctx, EntityIndex player) {
  Inventory& inventory = state.inventory(player);
  const std::int64_t price = repair_price(*state.content, inventory);
  if (price == 0) return Verdict::NothingToRepair;
  if (!move_coins(state, ctx, player, -price, Source::Shop)) return Verdict::NotEnoughCoins;
  mend(*state.content, inventory.worn);
  mend(*state.content, inventory.bag);
  refresh_stats(state, player);
  apply_player_course(state, player);
  return Verdict::Accepted;
}

Verdict deal(WorldState& state, TickContext& ctx, EntityIndex player, const Trade& intent) {
  const Verdict near = check_near(state, player, intent.npc);
  if (near != Verdict::Accepted) return near;
  if (state.content->npc(intent.npc).shop.empty()) return Verdict::NoShop;
  switch (intent.action) {
    case ShopAction::Buy: return buy(state, ctx, player, intent);
    case ShopAction::Sell: return sell(state, ctx, player, intent);
    case ShopAction::BuyBack: return buy_back(state, ctx, player, intent);
    case ShopAction::Repair: break;
  }
  return repair(state, ctx, player);
}

std::int64_t repair_price_of_all(const content::GameContent& content, std::span<const ItemStack> stacks) {
  std::int64_t price = 0;
  for (const ItemStack& stack : stacks) {
    if (!stack.empty()) price += repair_price(content.item(stack.item), stack);
  }
  return price;
}

}  // namespace

std::int64_t asking_price(const content::GameContent& content, const content::NpcDef& npc, content::ItemRef item) {
  for (const content::ShopOffer& offer : npc.shop) {
    if (offer.item.ref != item || !content::is_set(item)) continue;
    const content::ItemDef& def = content.item(item);
    if (def.retired) return 0;
    return offer.price > 0 ? offer.price : def.price;
  }
  return 0;
}

std::int64_t repair_price(const content::ItemDef& def, const ItemStack& stack) {
  const std::int64_t missing = std::int64_t{def.durability_max} - stack.durability;
  if (def.durability_max == 0 || missing <= 0) return 0;
  return std::int64_t{def.sell_price} * missing / (2 * std::int64_t{def.durability_max}) + 1;
}

std::int64_t repair_price(const content::GameContent& content, const Inventory& inventory) {
  return repair_price_of_all(content, inventory.worn) + repair_price_of_all(content, inventory.bag);
}

void trade(WorldState& state, TickContext& ctx, const Trade& intent) {
  const auto player = acting_player(state, ctx, intent.key, intent.request);
  if (!player) return;
  const Verdict verdict = deal(state, ctx, *player, intent);
  if (verdict != Verdict::Accepted) ctx.refuse(intent.key, verdict, intent.request);
}

}  // namespace throng::sim
