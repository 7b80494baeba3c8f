#include "sim/trade/exchange.h"

#include <algorithm>

#include "sim/item/bag.h"

namespace throng::sim {
namespace {

bool same_stack(const ItemStack& here, const ItemStack& offered) {
  return here.item == offered.item && here.uid == offered.uid && here.durability == offered.durability &&
         here.bound == offered.bound && here.count >= offered.count && !offered.empty();
}

/// As it arrives: some things bind to whoever takes them.
ItemStack taken_over(const content::GameContent& content, const ItemStack& stack) {
  ItemStack taken = stack;
  taken.bound = content.item(stack.item).binding == content::Binding::OnPickup;
  return taken;
}

Verdict check_coins(const WorldState& state, const ExchangeSide& giver, const ExchangeSide& other) {
  const std::int64_t has = state.inventory(giver.player).coins;
  if (giver.coins < 0 || giver.coins > has) return Verdict::NotEnoughCoins;
  return has - giver.coins > kCoinsMax - other.coins ? Verdict::TooMany : Verdict::Accepted;
}

void tell_given(WorldState& state, TickContext& ctx, const ExchangeSide& giver, const ExchangeSide& taker) {
  const PlayerKey from = state.player(giver.player).key;
  const PlayerKey to = state.player(taker.player).key;
  for (const TradeOffer& offer : giver.offers) {
    ctx.tell(ItemMoved{from, offer.stack.item, -offer.stack.count, Source::Trade, offer.stack.uid});
    ctx.tell(ItemMoved{to, offer.stack.item, offer.stack.count, Source::Trade, offer.stack.uid});
  }
  if (giver.coins == 0) return;
  state.inventory(giver.player).coins -= giver.coins;
  state.inventory(taker.player).coins += giver.coins;
  ctx.tell(CoinsMoved{from, -giver.coins, Source::Trade});
  ctx.tell(CoinsMoved{to, giver.coins, Source::Trade});
}

}  // namespace

Verdict take_out(WholeBag& bag, std::span<const TradeOffer> offers) {
  for (const TradeOffer& offer : offers) {
    ItemStack& from = bag[offer.slot];
    if (!same_stack(from, offer.stack)) return Verdict::NoSuchItem;
    if (from.bound) return Verdict::Bound;
    from.count = static_cast<std::uint16_t>(from.count - offer.stack.count);
    if (from.empty()) from = {};
  }
  return Verdict::Accepted;
}

bool put_all(const content::GameContent& content, WholeBag& bag, std::span<const TradeOffer> offers) {
  return std::all_of(offers.begin(), offers.end(), [&](const TradeOffer& offer) {
    const ItemStack stack = taken_over(content, offer.stack);
    return put_in_bag(bag, content.balance.bag_capacity, content.item(stack.item), stack) == stack.count;
  });
}

bool still_holds(const Inventory& inventory, const TradeOffer& offer) {
  return same_stack(inventory.bag[offer.slot], offer.stack);
}

Verdict exchange(WorldState& state, TickContext& ctx, const ExchangeSide& a, const ExchangeSide& b) {
  WholeBag bag_a = state.inventory(a.player).bag;
  WholeBag bag_b = state.inventory(b.player).bag;
  for (const Verdict verdict :
       {take_out(bag_a, a.offers), take_out(bag_b, b.offers), check_coins(state, a, b), check_coins(state, b, a)}) {
    if (verdict != Verdict::Accepted) return verdict;
  }
  if (!put_all(*state.content, bag_a, b.offers) || !put_all(*state.content, bag_b, a.offers)) return Verdict::BagFull;
  state.inventory(a.player).bag = bag_a;
  state.inventory(b.player).bag = bag_b;
  tell_given(state, ctx, a, b);
  tell_given(state, ctx, b, a);
  return Verdict::Accepted;
}

}  // namespace throng::sim
