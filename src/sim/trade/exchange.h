#pragma once
// Two characters give each other what they offer, all of it or nothing.

#include <array>
#include <cstdint>
#include <span>

#include "sim/tick_context.h"
#include "sim/trade/trade_state.h"
#include "sim/world_state.h"

namespace throng::sim {

struct ExchangeSide {
  EntityIndex player;
  std::span<const TradeOffer> offers;
  std::int64_t coins = 0;  ///< [0, kCoinsMax]
};

using WholeBag = std::array<ItemStack, content::kBagCapacityMax>;

/// Takes what is offered out of a copy of its owner's bag. @return NoSuchItem, Bound: of the first that cannot be given
Verdict take_out(WholeBag& bag, std::span<const TradeOffer> offers);
/// Puts it into a copy of another bag, bound where taking it binds. @return whether all of it fitted
bool put_all(const content::GameContent& content, WholeBag& bag, std::span<const TradeOffer> offers);

/// Whether the slot still holds what was offered out of it, or more of the same.
bool still_holds(const Inventory& inventory, const TradeOffer& offer);

/// Changes nothing unless Accepted. Each thing is told as ItemMoved of the one who gives, then of the one who gets it; coins
/// likewise.
/// @return NoSuchItem, NotEnoughCoins: an offer is not there any more; Bound; BagFull: of either; TooMany: coins
Verdict exchange(WorldState& state, TickContext& ctx, const ExchangeSide& a, const ExchangeSide& b);

}  // namespace throng::sim
