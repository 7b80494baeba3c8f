#include "protocol/messages/quest.h"

namespace throng::protocol {

MessageInfo quest_message() {
  return {.name = "quest",
          .type_name = "QuestMessage",
          .room = RoomKind::World,
          .help = "Take a quest, hand it in, or give it up.",
          .fields = describe_fields<QuestMessage>(),
          .rate_per_s = 5,
          .burst = 10,
          .answers = {"progress", "loot", "error"}};
}

}  // namespace throng::protocol
