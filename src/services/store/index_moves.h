#pragma once
// The index of the ledger by owner, filled in bulk: see schema/pieces_7.h.

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "services/database/connection.h"

namespace throng::services {

/// So many moves of the ledger are entered at once: enough of each owner's to be worth it, few enough not to be felt.
inline constexpr std::int64_t kMovesIndexedAtOnce = 8'192;
/// move_in_block: moves of one block, by their ids. The schema has this number too.
inline constexpr std::int64_t kMovesInBlock = 8'192;

/// Enters the oldest that are not yet, in a transaction of its own. On PostgreSQL another server may still commit a move with
/// a lower number than one that is to be seen already, so the newest wait there for two minutes. Gaps in the numbers, which
/// transactions that fail leave there, may be of any length.
/// @param now  Unix milliseconds
/// @return     how many; fewer than kMovesIndexedAtOnce: there are no more for now
Result<std::int64_t> index_moves(Connection& connection, std::int64_t now);

/// The first move that is not entered.
Result<std::int64_t> first_move_not_indexed(Connection& connection);

}  // namespace throng::services
