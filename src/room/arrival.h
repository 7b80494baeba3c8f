#pragma once
// What the server itself knows about somebody who arrives, from another room or from the store. Never read from a client.

#include <cstdint>
#include <string>
#include <vector>

#include "room/keeping.h"
#include "room/party_registry.h"

namespace throng::room {

struct Arrival {
  std::string name;  ///< shown; empty: of a guest, for whom the room finds one
  std::string spawn;  ///< spawn point of the map; empty or unknown: its first
  std::vector<std::uint8_t> sheet;  ///< the character, as sim::save_sheet gives it
  std::vector<Acquaintance> friends;
  std::vector<Acquaintance> ignored;
  CharacterLease lease = {};  ///< of a character that is kept; else not held
  std::string map = {};  ///< where it was last; empty: nowhere yet
  SharedRoster party = {};  ///< that a character that is kept belongs to; null: none
};

}  // namespace throng::room
