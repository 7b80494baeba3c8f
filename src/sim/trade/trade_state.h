#pragma once
// What two players are about to exchange.

#include <array>
#include <cstdint>

#include "base/units.h"
#include "sim/intent.h"
#include "sim/item/inventory.h"

namespace throng::sim {

/// Things out of one slot of the bag, as they were when they were offered.
struct TradeOffer {
  BagSlot slot = 0;
  ItemStack stack;
  friend bool operator==(const TradeOffer&, const TradeOffer&) = default;
};

enum class TradeStage : std::uint8_t {
  Open,       ///< still choosing
  Locked,     ///< this is my offer
  Confirmed,  ///< and I have seen the other's, locked too
};

inline constexpr std::size_t kTradeOffersMax = 8;

struct TradeSide {
  PlayerKey key;
  TradeStage stage = TradeStage::Open;
  std::int64_t coins = 0;
  std::uint8_t count = 0;  ///< of `offers`; each slot is there once
  std::array<TradeOffer, kTradeOffersMax> offers{};
  friend bool operator==(const TradeSide&, const TradeSide&) = default;
};

struct TradeState {
  std::array<TradeSide, 2> sides;  ///< the first asked
  bool begun = false;              ///< false: the second has not answered yet
  Tick answer_until;               ///< while it has not
  friend bool operator==(const TradeState&, const TradeState&) = default;

  bool involves(PlayerKey key) const { return sides[0].key == key || sides[1].key == key; }
  std::size_t place_of(PlayerKey key) const { return sides[0].key == key ? 0 : 1; }
};

/// In one world, those that nobody has answered included.
inline constexpr std::size_t kTradesMax = 1024;

}  // namespace throng::sim
