#include "protocol/messages/friend.h"

namespace throng::protocol {

MessageInfo friend_message() {
  return {.name = "friend",
          .type_name = "FriendMessage",
          .room = RoomKind::World,
          .help =
              "Keep lists of friends and of people to ignore. They are kept with your character; those of a guest, and "
              "guests on them, last as long as the session.",
          .fields = describe_fields<FriendMessage>(),
          .rate_per_s = 2,
          .burst = 10,
          .answers = {"friends", "error"}};
}

}  // namespace throng::protocol
