#pragma once
// Two players who stand near each other exchange things and coins: both see both offers, both lock, both confirm.

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

// One asks, the other asks back, and the trade begins. Whoever changes an offer, or loses what was offered, takes both locks
// and confirmations back. A trade ends by the exchange, by Cancel, and by itself when one of the two dies, leaves or walks
// out of talk_range. Every step is told to both as TradeChanged.

/// So long may an answer take.
inline constexpr int kTradeAnswerMs = 30'000;

/// Intent.
void step_trade(WorldState& state, TickContext& ctx, const TradeStep& intent);
/// Whoever leaves the world trades no more.
void leave_trades(WorldState& state, TickContext& ctx, PlayerKey key);
/// System: ends what cannot go on, and takes out of offers what is not there any more.
void watch_trades(WorldState& state, TickContext& ctx);
/// The one that has begun; null: none.
const TradeState* find_trade(const WorldState& state, PlayerKey key);

}  // namespace throng::sim
