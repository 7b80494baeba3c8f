#pragma once
// `use`: eat, drink or read something.

#include <string>

#include "protocol/messages/message_fields.h"

namespace throng::protocol {

struct UseMessage {
  std::string item;  ///< id in items.json
};

template <>
struct MessageFields<UseMessage> {
  static constexpr auto list =
      std::make_tuple(text_field("itemId", &UseMessage::item, 1, kContentIdLengthMax, "id of the item in items.json"));
};

MessageInfo use_message();

}  // namespace throng::protocol
