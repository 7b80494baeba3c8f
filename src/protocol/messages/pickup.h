#pragma once
// `pickup`: take what lies on the ground.

#include "protocol/messages/message_fields.h"

namespace throng::protocol {

struct PickupMessage {
  std::uint32_t drop = 0;  ///< entity id
};

template <>
struct MessageFields<PickupMessage> {
  static constexpr auto list =
      std::make_tuple(entity_id_field("dropId", &PickupMessage::drop, "entity id of the drop: its key in `drops`"));
};

MessageInfo pickup_message();

}  // namespace throng::protocol
