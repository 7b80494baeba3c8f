#pragma once
// `bag`: put the bag in order.

#include <array>

#include "content/game/balance.h"
#include "protocol/messages/message_fields.h"
#include "sim/intent.h"

namespace throng::protocol {

/// By the numbers of sim::BagAction.
inline constexpr std::array<std::string_view, 4> kBagWords = {"move", "split", "destroy", "sort"};

struct BagMessage {
  sim::BagAction action = sim::BagAction::Sort;
  std::optional<std::uint32_t> from;
  std::optional<std::uint32_t> to;
  std::optional<std::uint32_t> count;
};

template <>
struct MessageFields<BagMessage> {
  static constexpr auto list = std::make_tuple(
      choice_field("action", &BagMessage::action, kBagWords, "what to do; `destroy` cannot be undone"),
      integer_field("from", &BagMessage::from, 0, content::kBagCapacityMax - 1,
                    "slot that it is about; not for `sort`"),
      integer_field("to", &BagMessage::to, 0, content::kBagCapacityMax - 1, "slot to move or split into"),
      integer_field("count", &BagMessage::count, 0, 999, "how many to split off or destroy; absent or 0: all"));
};

MessageInfo bag_message();

}  // namespace throng::protocol
