#include "protocol/messages/talk.h"

namespace throng::protocol {

MessageInfo talk_message() {
  return {.name = "talk",
          .type_name = "TalkMessage",
          .room = RoomKind::World,
          .help = "Speak to somebody near. The answer says what they sell and which quests they have for you.",
          .fields = describe_fields<TalkMessage>(),
          .rate_per_s = 5,
          .burst = 10,
          .answers = {"talk", "error"}};
}

}  // namespace throng::protocol
