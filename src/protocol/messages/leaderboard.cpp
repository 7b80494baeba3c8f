#include "protocol/messages/leaderboard.h"

namespace throng::protocol {

MessageInfo leaderboard_message() {
  return {.name = "leaderboard",
          .type_name = "LeaderboardMessage",
          .room = RoomKind::World,
          .help = "Ask for the first ten of this room, and your own place.",
          .fields = describe_fields<LeaderboardMessage>(),
          .rate_per_s = 1,
          .burst = 5,
          .answers = {"leaderboard", "error"}};
}

}  // namespace throng::protocol
