#pragma once
// `shop`: trade with somebody near.

#include <array>
#include <string>

#include "content/game/balance.h"
#include "protocol/messages/message_fields.h"
#include "sim/intent.h"

namespace throng::protocol {

/// By the numbers of sim::ShopAction.
inline constexpr std::array<std::string_view, 4> kShopWords = {"buy", "sell", "buy_back", "repair"};

struct ShopMessage {
  std::string npc;  ///< id in npcs.json
  sim::ShopAction action = sim::ShopAction::Buy;
  std::optional<std::string> item;     ///< buy and buy_back
  std::optional<std::uint32_t> slot;   ///< sell: of the bag
  std::optional<std::uint32_t> count;  ///< absent: 1
};

template <>
struct MessageFields<ShopMessage> {
  static constexpr auto list = std::make_tuple(
      text_field("npcId", &ShopMessage::npc, 1, kContentIdLengthMax, "id of the trader in npcs.json: `kind` in `npcs`"),
      choice_field("action", &ShopMessage::action, kShopWords, "what to do; `repair` mends all that you wear"),
      text_field("itemId", &ShopMessage::item, 1, kContentIdLengthMax, "what to buy or to buy back"),
      integer_field("slot", &ShopMessage::slot, 0, content::kBagCapacityMax - 1, "slot of the bag to sell from"),
      integer_field("count", &ShopMessage::count, 1, 999, "how many; absent: 1"));
};

MessageInfo shop_message();

}  // namespace throng::protocol
