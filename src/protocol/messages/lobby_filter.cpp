#include "protocol/messages/lobby_filter.h"

namespace throng::protocol {

MessageInfo lobby_filter_message() {
  return {.name = "filter",
          .type_name = "LobbyFilterMessage",
          .room = RoomKind::Lobby,
          .help = "Hear only of some rooms; an empty object hears of all again. Answered with a new list.",
          .fields = describe_fields<LobbyFilterMessage>(),
          .rate_per_s = 2,
          .burst = 5,
          .answers = {"rooms"}};
}

}  // namespace throng::protocol
