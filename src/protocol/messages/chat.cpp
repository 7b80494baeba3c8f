#include "protocol/messages/chat.h"

namespace throng::protocol {

MessageInfo chat_message() {
  return {.name = "chat",
          .type_name = "ChatMessage",
          .room = RoomKind::World,
          .help = "Say something. The line comes back to everybody in the channel, you included.",
          .fields = describe_fields<ChatMessage>(),
          .rate_per_s = 2,
          .burst = 5,
          .answers = {"chat", "error"}};
}

}  // namespace throng::protocol
