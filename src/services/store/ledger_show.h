#pragma once
// What somebody owns, and where each thing came from and why.

#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "services/database/connection.h"

namespace throng::services {

/// One move, in words.
struct ShownMove {
  std::int64_t id = 0;
  std::int64_t at = 0;  ///< Unix milliseconds
  std::string from;     ///< a source's word, or the name and number of an owner
  std::string to;
  std::string asset;
  std::int64_t amount = 0;
  std::int64_t item = 0;  ///< number of the piece; 0: none
  std::string reason;
  std::string note;
  std::string room;
  std::int64_t tick = 0;
};

/// One piece, or all that somebody has of something that stacks.
struct Possession {
  std::string asset;
  std::int64_t amount = 0;
  std::int64_t item = 0;
  /// The newest moves that brought so much of it, newest first; of a piece all from hand to hand, back to its source. At most
  /// kOriginsMax.
  std::vector<ShownMove> origins;
  bool all_origins = false;  ///< whether these account for all of it
};

inline constexpr std::size_t kOriginsMax = 20;
inline constexpr std::size_t kMovesPageMax = 500;

/// In one snapshot. By asset, then piece.
Result<std::vector<Possession>> show_possessions(Connection& connection, OwnerId owner);

/// What an owner gave and got, newest first.
/// @param before  number of a move: only older ones; 0: from the newest
/// @param max     1..kMovesPageMax
Result<std::vector<ShownMove>> show_moves(Connection& connection, OwnerId owner, std::int64_t before, std::size_t max);

}  // namespace throng::services
