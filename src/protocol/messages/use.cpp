#include "protocol/messages/use.h"

namespace throng::protocol {

MessageInfo use_message() {
  return {.name = "use",
          .type_name = "UseMessage",
          .room = RoomKind::World,
          .help = "Eat, drink or read the first stack of an item.",
          .fields = describe_fields<UseMessage>(),
          .rate_per_s = 5,
          .burst = 10,
          .answers = {"progress", "error"}};
}

}  // namespace throng::protocol
