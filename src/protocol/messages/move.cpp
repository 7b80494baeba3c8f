#include "protocol/messages/move.h"

namespace throng::protocol {

MessageInfo move_message() {
  return {.name = "move",
          .type_name = "MoveMessage",
          .room = RoomKind::World,
          .help =
              "Walk in a direction until the next `move`. Send one when the direction changes, and repeat it about "
              "ten times a second while walking.",
          .fields = describe_fields<MoveMessage>(),
          .rate_per_s = 30,
          .burst = 60,
          .answers = {"error"}};
}

MessageInfo move_to_message() {
  return {.name = "move",
          .type_name = "MoveToMessage",
          .room = RoomKind::Mmo,
          .help = "Be at a place; the server allows 32 units a move. Exists for measurements only.",
          .fields = describe_fields<MoveToMessage>(),
          .rate_per_s = 30,
          .burst = 60,
          .answers = {"error"}};
}

}  // namespace throng::protocol
