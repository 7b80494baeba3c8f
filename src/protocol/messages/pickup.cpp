#include "protocol/messages/pickup.h"

namespace throng::protocol {

MessageInfo pickup_message() {
  return {.name = "pickup",
          .type_name = "PickupMessage",
          .room = RoomKind::World,
          .help = "Take what lies on the ground near you.",
          .fields = describe_fields<PickupMessage>(),
          .rate_per_s = 10,
          .burst = 20,
          .answers = {"loot", "error"}};
}

}  // namespace throng::protocol
