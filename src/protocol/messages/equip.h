#pragma once
// `equip`: wear something.

#include <string>

#include "protocol/messages/message_fields.h"

namespace throng::protocol {

struct EquipMessage {
  std::string item;  ///< id in items.json
};

template <>
struct MessageFields<EquipMessage> {
  static constexpr auto list = std::make_tuple(
      text_field("itemId", &EquipMessage::item, 1, kContentIdLengthMax, "id of the item in items.json"));
};

MessageInfo equip_message();

}  // namespace throng::protocol
