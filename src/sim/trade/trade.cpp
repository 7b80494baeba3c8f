#include "sim/trade/trade.h"

#include <algorithm>

#include "sim/player/acting_player.h"
#include "sim/trade/exchange.h"

namespace throng::sim {
namespace {

using Trades = std::vector<TradeState>;

TradeState* begun_trade(WorldState& state, PlayerKey key) {
  const auto found = std::find_if(state.trades.begin(), state.trades.end(),
                                  [&](const TradeState& trade) { return trade.begun && trade.involves(key); });
  return found == state.trades.end() ? nullptr : &*found;
}

/// Everybody has one question open at a time.
Trades::iterator question_of(WorldState& state, PlayerKey asker) {
  return std::find_if(state.trades.begin(), state.trades.end(),
                      [&](const TradeState& trade) { return !trade.begun && trade.sides[0].key == asker; });
}

void tell_both(TickContext& ctx, const TradeState& trade, TradeNews news, Verdict why = Verdict::Accepted) {
  ctx.tell(TradeChanged{trade.sides[0].key, trade.sides[1].key, news, why});
  ctx.tell(TradeChanged{trade.sides[1].key, trade.sides[0].key, news, why});
}

Trades::iterator end_trade(WorldState& state, TickContext& ctx, Trades::iterator trade, TradeNews news, Verdict why) {
  tell_both(ctx, *trade, news, why);
  return state.trades.erase(trade);
}

/// Whatever was agreed on was another offer.
void reopen(TickContext& ctx, TradeState& trade, Verdict why = Verdict::Accepted) {
  for (TradeSide& side : trade.sides) side.stage = TradeStage::Open;
  tell_both(ctx, trade, TradeNews::Changed, why);
}

bool in_reach(const WorldState& state, EntityIndex a, EntityIndex b) {
  const std::int64_t range = state.content->balance.talk_range.value;
  return distance_squared(state.positions[a.value], state.positions[b.value]) <= range * range;
}

Verdict ask(WorldState& state, TickContext& ctx, EntityIndex player, const TradeStep& intent) {
  const std::optional<EntityIndex> other = state.players_by_key.find(intent.other);
  if (!other) return Verdict::NoSuchPlayer;
  if (*other == player || state.fighter(*other).dead()) return Verdict::WrongTarget;
  if (begun_trade(state, intent.key) != nullptr) return Verdict::Busy;
  if (begun_trade(state, intent.other) != nullptr) return Verdict::TradeBusy;
  if (!in_reach(state, player, *other)) return Verdict::OutOfRange;
  const auto own = question_of(state, intent.key);
  if (own != state.trades.end()) state.trades.erase(own);
  const auto asked = question_of(state, intent.other);
  if (asked != state.trades.end() && asked->sides[1].key == intent.key) {
    asked->begun = true;
    tell_both(ctx, *asked, TradeNews::Begun);
    return Verdict::Accepted;
  }
  if (state.trades.size() >= kTradesMax) return Verdict::TooMany;
  TradeState& question = state.trades.emplace_back();
  question.sides[0].key = intent.key;
  question.sides[1].key = intent.other;
  question.answer_until = state.now + state.ticks(kTradeAnswerMs);
  ctx.tell(TradeChanged{intent.other, intent.key, TradeNews::Asked, Verdict::Accepted});
  return Verdict::Accepted;
}

/// The trade that has begun; else one's own question; else the questions of others, which are thereby declined.
Verdict cancel(WorldState& state, TickContext& ctx, PlayerKey key) {
  const auto ends = [&](const auto& which) {
    bool ended = false;
    for (auto trade = state.trades.begin(); trade != state.trades.end();) {
      const bool meant = which(*trade);
      ended |= meant;
      trade = meant ? end_trade(state, ctx, trade, TradeNews::Cancelled, Verdict::Accepted) : trade + 1;
    }
    return ended;
  };
  const bool ended = ends([&](const TradeState& trade) { return trade.begun && trade.involves(key); }) ||
                     ends([&](const TradeState& trade) { return trade.sides[0].key == key; }) ||
                     ends([&](const TradeState& trade) { return trade.sides[1].key == key; });
  return ended ? Verdict::Accepted : Verdict::NoTrade;
}

TradeOffer* offer_of(TradeSide& side, BagSlot slot) {
  const auto end = side.offers.begin() + side.count;
  const auto found =
      std::find_if(side.offers.begin(), end, [&](const TradeOffer& offer) { return offer.slot == slot; });
  return found == end ? nullptr : &*found;
}

void take_back(TradeSide& side, TradeOffer* offer) {
  std::move(offer + 1, side.offers.data() + side.count, offer);
  side.offers[--side.count] = {};
}

Verdict offer(WorldState& state, TickContext& ctx, EntityIndex player, TradeState& trade, const TradeStep& intent) {
  TradeSide& side = trade.sides[trade.place_of(intent.key)];
  TradeOffer* place = offer_of(side, intent.slot);
  if (intent.count == 0) {
    if (place == nullptr) return Verdict::NothingThere;
    take_back(side, place);
    reopen(ctx, trade);
    return Verdict::Accepted;
  }
  if (intent.slot >= content::kBagCapacityMax) return Verdict::WrongSlot;
  const ItemStack& stack = state.inventory(player).bag[intent.slot];
  if (stack.empty()) return Verdict::NothingThere;
  if (stack.bound) return Verdict::Bound;
  if (intent.count > stack.count) return Verdict::NoSuchItem;
  if (place == nullptr && side.count == kTradeOffersMax) return Verdict::TooMany;
  if (place == nullptr) place = &side.offers[side.count++];
  *place = {intent.slot, stack};
  place->stack.count = intent.count;
  reopen(ctx, trade);
  return Verdict::Accepted;
}

Verdict offer_coins(WorldState& state, TickContext& ctx, EntityIndex player, TradeState& trade,
                    const TradeStep& intent) {
  if (intent.coins < 0 || intent.coins > state.inventory(player).coins) return Verdict::NotEnoughCoins;
  trade.sides[trade.place_of(intent.key)].coins = intent.coins;
  reopen(ctx, trade);
  return Verdict::Accepted;
}

Verdict lock(TickContext& ctx, TradeState& trade, PlayerKey key) {
  TradeSide& side = trade.sides[trade.place_of(key)];
  if (side.stage == TradeStage::Open) side.stage = TradeStage::Locked;
  tell_both(ctx, trade, TradeNews::Changed);
  return Verdict::Accepted;
}

ExchangeSide exchange_side(const WorldState& state, const TradeSide& side) {
  return {*state.players_by_key.find(side.key), {side.offers.data(), side.count}, side.coins};
}

Verdict confirm(WorldState& state, TickContext& ctx, TradeState& trade, PlayerKey key) {
  const std::size_t place = trade.place_of(key);
  if (trade.sides[0].stage == TradeStage::Open || trade.sides[1].stage == TradeStage::Open) return Verdict::NotLocked;
  trade.sides[place].stage = TradeStage::Confirmed;
  if (trade.sides[1 - place].stage != TradeStage::Confirmed) {
    tell_both(ctx, trade, TradeNews::Changed);
    return Verdict::Accepted;
  }
  const ExchangeSide a = exchange_side(state, trade.sides[0]);
  const ExchangeSide b = exchange_side(state, trade.sides[1]);
  const Verdict verdict = in_reach(state, a.player, b.player) ? exchange(state, ctx, a, b) : Verdict::OutOfRange;
  if (verdict != Verdict::Accepted) {
    reopen(ctx, trade, verdict);
    return verdict;
  }
  end_trade(state, ctx, state.trades.begin() + (&trade - state.trades.data()), TradeNews::Done, verdict);
  return verdict;
}

Verdict step(WorldState& state, TickContext& ctx, EntityIndex player, const TradeStep& intent) {
  if (intent.action == TradeAction::Ask) return ask(state, ctx, player, intent);
  if (intent.action == TradeAction::Cancel) return cancel(state, ctx, intent.key);
  TradeState* const trade = begun_trade(state, intent.key);
  if (trade == nullptr) return Verdict::NoTrade;
  switch (intent.action) {
    case TradeAction::Offer: return offer(state, ctx, player, *trade, intent);
    case TradeAction::Coins: return offer_coins(state, ctx, player, *trade, intent);
    case TradeAction::Lock: return lock(ctx, *trade, intent.key);
    default: return confirm(state, ctx, *trade, intent.key);
  }
}

/// Accepted: it can go on.
Verdict why_over(const WorldState& state, const TradeState& trade) {
  const std::optional<EntityIndex> a = state.players_by_key.find(trade.sides[0].key);
  const std::optional<EntityIndex> b = state.players_by_key.find(trade.sides[1].key);
  if (!a || !b) return Verdict::NoSuchPlayer;
  if (state.fighter(*a).dead() || state.fighter(*b).dead()) return Verdict::Dead;
  if (!in_reach(state, *a, *b)) return Verdict::OutOfRange;
  return !trade.begun && state.now >= trade.answer_until ? Verdict::Busy : Verdict::Accepted;
}

bool lose_missing(const WorldState& state, TradeSide& side) {
  const Inventory& inventory = state.inventory(*state.players_by_key.find(side.key));
  const std::uint8_t before = side.count;
  for (std::size_t i = side.count; i-- > 0;) {
    if (!still_holds(inventory, side.offers[i])) take_back(side, &side.offers[i]);
  }
  const bool short_of_coins = side.coins > inventory.coins;
  if (short_of_coins) side.coins = inventory.coins;
  return side.count != before || short_of_coins;
}

}  // namespace

void step_trade(WorldState& state, TickContext& ctx, const TradeStep& intent) {
  const std::optional<EntityIndex> player = acting_player(state, ctx, intent.key, intent.request);
  if (!player) return;
  const Verdict verdict = step(state, ctx, *player, intent);
  if (verdict != Verdict::Accepted) ctx.refuse(intent.key, verdict, intent.request);
}

void leave_trades(WorldState& state, TickContext& ctx, PlayerKey key) {
  for (auto trade = state.trades.begin(); trade != state.trades.end();) {
    trade =
        trade->involves(key) ? end_trade(state, ctx, trade, TradeNews::Cancelled, Verdict::NoSuchPlayer) : trade + 1;
  }
}

void watch_trades(WorldState& state, TickContext& ctx) {
  for (auto trade = state.trades.begin(); trade != state.trades.end();) {
    const Verdict over = why_over(state, *trade);
    if (over != Verdict::Accepted) {
      trade = end_trade(state, ctx, trade, TradeNews::Cancelled, over);
      continue;
    }
    const bool first = lose_missing(state, trade->sides[0]);
    if (lose_missing(state, trade->sides[1]) || first) reopen(ctx, *trade, Verdict::NoSuchItem);
    ++trade;
  }
}

const TradeState* find_trade(const WorldState& state, PlayerKey key) {
  const auto found = std::find_if(state.trades.begin(), state.trades.end(),
                                  [&](const TradeState& trade) { return trade.begun && trade.involves(key); });
  return found == state.trades.end() ? nullptr : &*found;
}

}  // namespace throng::sim
