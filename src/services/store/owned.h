#pragma once
// What an owner has: pieces, and amounts of what does not come in pieces.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "room/keeping.h"
#include "services/database/connection.h"

namespace throng::services {

struct OwnedThing {
  std::string asset;
  std::int64_t amount = 0;
  std::int64_t item_uid = 0;  ///< 0: no piece
};

/// By the moves that brought them, all of which are looked through: for what is done seldom. A mail's pieces are in
/// mail_piece.
Result<std::vector<OwnedThing>> pieces_of(Connection& connection, OwnerId owner);

/// Adds what the owner has beyond these pieces, which are all that it has. In the order of assets' numbers.
Result<void> append_stacks_of(Connection& connection, OwnerId owner, std::vector<OwnedThing>& things);

/// Both.
Result<std::vector<OwnedThing>> possessions_of(Connection& connection, OwnerId owner);

}  // namespace throng::services
