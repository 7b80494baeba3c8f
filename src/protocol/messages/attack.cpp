#include "protocol/messages/attack.h"

namespace throng::protocol {

MessageInfo attack_message() {
  return {.name = "attack",
          .type_name = "AttackMessage",
          .room = RoomKind::World,
          .help = "Strike at somebody until told otherwise, or use a skill once.",
          .fields = describe_fields<AttackMessage>(),
          .rate_per_s = 10,
          .burst = 15,
          .answers = {"combat", "error"}};
}

}  // namespace throng::protocol
