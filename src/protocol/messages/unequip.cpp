#include "protocol/messages/unequip.h"

namespace throng::protocol {

MessageInfo unequip_message() {
  return {.name = "unequip",
          .type_name = "UnequipMessage",
          .room = RoomKind::World,
          .help = "Take off what you wear in a slot.",
          .fields = describe_fields<UnequipMessage>(),
          .rate_per_s = 5,
          .burst = 10,
          .answers = {"error"}};
}

}  // namespace throng::protocol
