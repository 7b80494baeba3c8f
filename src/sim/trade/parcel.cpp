#include "sim/trade/parcel.h"

#include <algorithm>

#include "sim/player/acting_player.h"
#include "sim/trade/exchange.h"

namespace throng::sim {
namespace {

Verdict check_parcel(const WorldState& state, EntityIndex player, const MailParcel& parcel, MailAction action) {
  const std::int64_t has = state.inventory(player).coins;
  const std::size_t items = state.content->items.size();
  if (parcel.things.size() > kParcelThingsMax) return Verdict::TooMany;
  if (parcel.coins < 0) return Verdict::NotEnoughCoins;
  for (const TradeOffer& thing : parcel.things) {
    if (thing.stack.empty() || thing.stack.item.value >= items) return Verdict::NoSuchItem;
    if (action == MailAction::Send && thing.slot >= content::kBagCapacityMax) return Verdict::WrongSlot;
  }
  if (action == MailAction::Send) return parcel.coins > has ? Verdict::NotEnoughCoins : Verdict::Accepted;
  return parcel.coins > kCoinsMax - has ? Verdict::TooMany : Verdict::Accepted;
}

Verdict move_things(WorldState& state, EntityIndex player, const MailParcel& parcel, MailAction action) {
  WholeBag bag = state.inventory(player).bag;
  if (action == MailAction::Send) {
    const Verdict verdict = take_out(bag, parcel.things);
    if (verdict != Verdict::Accepted) return verdict;
  } else if (!put_all(*state.content, bag, parcel.things)) {
    return Verdict::BagFull;
  }
  state.inventory(player).bag = bag;
  return Verdict::Accepted;
}

}  // namespace

void step_mail(WorldState& state, TickContext& ctx, const MailStep& intent) {
  if (intent.parcel == nullptr) return;
  const std::optional<EntityIndex> player = acting_player(state, ctx, intent.key, intent.request);
  if (!player) return;
  const MailParcel& parcel = *intent.parcel;
  Verdict verdict = check_parcel(state, *player, parcel, intent.action);
  if (verdict == Verdict::Accepted) verdict = move_things(state, *player, parcel, intent.action);
  if (verdict != Verdict::Accepted) return ctx.refuse(intent.key, verdict, intent.request);
  const int sign = intent.action == MailAction::Send ? -1 : 1;
  for (const TradeOffer& thing : parcel.things)
    ctx.tell(ItemMoved{intent.key, thing.stack.item, sign * thing.stack.count, Source::Mail, thing.stack.uid});
  if (parcel.coins == 0) return;
  state.inventory(*player).coins += sign * parcel.coins;
  ctx.tell(CoinsMoved{intent.key, sign * parcel.coins, Source::Mail});
}

}  // namespace throng::sim
