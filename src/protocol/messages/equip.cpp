#include "protocol/messages/equip.h"

namespace throng::protocol {

MessageInfo equip_message() {
  return {.name = "equip",
          .type_name = "EquipMessage",
          .room = RoomKind::World,
          .help = "Wear the first of an item from the bag; what was worn goes into the bag.",
          .fields = describe_fields<EquipMessage>(),
          .rate_per_s = 5,
          .burst = 10,
          .answers = {"error"}};
}

}  // namespace throng::protocol
