#pragma once
// `debug_why`: what goes on in a monster; for game developers.

#include "protocol/messages/message_fields.h"

namespace throng::protocol {

struct DebugWhyMessage {
  std::uint32_t monster = 0;  ///< entity id; 0: watch nobody
};

template <>
struct MessageFields<DebugWhyMessage> {
  static constexpr auto list = std::make_tuple(
      entity_id_field("monsterId", &DebugWhyMessage::monster,
                      "entity id of a monster: watch it from now on, and tell its last decisions; 0: watch nobody"));
};

MessageInfo debug_why_message();

}  // namespace throng::protocol
