#include "protocol/messages/bag.h"

namespace throng::protocol {

MessageInfo bag_message() {
  return {.name = "bag",
          .type_name = "BagMessage",
          .room = RoomKind::World,
          .help = "Move or split stacks of the bag, destroy some, or sort it.",
          .fields = describe_fields<BagMessage>(),
          .rate_per_s = 10,
          .burst = 20,
          .answers = {"loot", "error"}};
}

}  // namespace throng::protocol
