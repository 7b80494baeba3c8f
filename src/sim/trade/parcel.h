#pragma once
// Things and coins on their way into a mail or out of one. The mail itself is not of this world.

#include <cstdint>
#include <vector>

#include "sim/tick_context.h"
#include "sim/trade/trade_state.h"
#include "sim/world_state.h"

namespace throng::sim {

inline constexpr std::size_t kParcelThingsMax = 16;

struct MailParcel {
  std::vector<TradeOffer> things;  ///< Take: without slots, with the uid of each piece; at most kParcelThingsMax
  std::int64_t coins = 0;          ///< [0, kCoinsMax]
};

/// All of it leaves the bag, or comes into it, or nothing does; told as ItemMoved and CoinsMoved of Source::Mail. Refused: what
/// is to be sent is not there any more or bound, the bag has no room, the purse overflows.
void step_mail(WorldState& state, TickContext& ctx, const MailStep& intent);

}  // namespace throng::sim
