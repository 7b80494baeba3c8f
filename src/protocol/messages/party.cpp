#include "protocol/messages/party.h"

namespace throng::protocol {

MessageInfo party_message() {
  return {.name = "party",
          .type_name = "PartyMessage",
          .room = RoomKind::World,
          .help =
              "Form a party: its members share experience and loot. That of characters lasts; one with guests lasts as "
              "long as they are in the room.",
          .fields = describe_fields<PartyMessage>(),
          .rate_per_s = 5,
          .burst = 10,
          .answers = {"party", "error"}};
}

}  // namespace throng::protocol
