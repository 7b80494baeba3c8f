#pragma once
// `trade`: exchange things with another player, and what both are told of it.

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "content/game/balance.h"
#include "protocol/messages/message_fields.h"
#include "protocol/messages/server_messages.h"
#include "sim/intent.h"

namespace throng::protocol {

/// By the numbers of sim::TradeAction.
inline constexpr std::array<std::string_view, 6> kTradeWords = {"ask", "cancel", "offer", "coins", "lock", "confirm"};
/// By the numbers of sim::TradeNews.
inline constexpr std::array<std::string_view, 5> kTradeNewsWords = {"asked", "begun", "changed", "done", "cancelled"};
/// By the numbers of sim::TradeStage.
inline constexpr std::array<std::string_view, 3> kTradeStageWords = {"open", "locked", "confirmed"};

/// What a message can name; more coins than that nobody has to offer at once.
inline constexpr std::uint32_t kTradeCoinsMax = 4'000'000'000;

struct TradeMessage {
  sim::TradeAction action = sim::TradeAction::Ask;
  std::optional<std::string> target;   ///< session id; ask
  std::optional<std::uint32_t> slot;   ///< offer
  std::optional<std::uint32_t> count;  ///< offer
  std::optional<std::uint32_t> coins;  ///< coins
};

template <>
struct MessageFields<TradeMessage> {
  static constexpr auto list = std::make_tuple(
      choice_field(
          "action", &TradeMessage::action, kTradeWords,
          "what to do; `ask` somebody who has asked you begins the trade, `cancel` also declines, `confirm` when "
          "both have locked"),
      text_field("targetId", &TradeMessage::target, 1, 64, "session id: whom to ask"),
      integer_field("slot", &TradeMessage::slot, 0, content::kBagCapacityMax - 1, "slot of the bag to `offer` from"),
      integer_field("count", &TradeMessage::count, 0, 999, "how many of the slot; 0 takes them back, absent: 1"),
      integer_field("coins", &TradeMessage::coins, 0, kTradeCoinsMax, "how many in all, for `coins`"));
};

MessageInfo trade_message();

// ---- to the client -----------------------------------------------------------------------------------------------

inline constexpr std::string_view kServerTrade = "trade";

struct TradeItemRow {
  std::uint32_t slot = 0;
  std::string_view item;
  std::int32_t count = 0;
  std::int32_t durability = 0;
};
struct TradeOfferView {
  std::string_view stage;
  std::int64_t coins = 0;
  std::span<const TradeItemRow> items;
};
struct TradeNotice {
  std::string_view news;
  std::string_view why = {};  ///< code of a verdict; empty: none
  std::string_view session_id;
  std::string_view name;
  std::optional<TradeOfferView> own = {};  ///< while it is going on
  std::optional<TradeOfferView> other = {};
};

void encode(MsgpackWriter& out, const TradeNotice& notice);

/// For the lists in game_messages.h.
std::vector<PayloadTypeInfo> trade_payload_types();

}  // namespace throng::protocol
