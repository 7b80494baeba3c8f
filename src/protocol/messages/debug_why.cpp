#include "protocol/messages/debug_why.h"

namespace throng::protocol {

MessageInfo debug_why_message() {
  return {.name = "debug_why",
          .type_name = "DebugWhyMessage",
          .room = RoomKind::World,
          .help =
              "Why does a monster do what it does? Only where rooms.json sets `debug`; one monster of a room is "
              "watched at a time.",
          .fields = describe_fields<DebugWhyMessage>(),
          .rate_per_s = 5,
          .burst = 10,
          .answers = {"why", "error"}};
}

}  // namespace throng::protocol
