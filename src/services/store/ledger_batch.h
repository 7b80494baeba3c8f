#pragma once
// Moves on their way into one transaction: the rows of the ledger, what they add up to for each balance, and who has each
// piece in the end.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "room/keeping.h"
#include "services/database/connection.h"
#include "services/store/asset_ids.h"

namespace throng::services {

/// Which room and tick, or who else, made a move, and when (Unix milliseconds).
struct MoveOrigin {
  std::string_view room;  ///< outlives the batch
  std::int64_t tick = 0;
  std::int64_t at = 0;
};

/// Reused from transaction to transaction; `clear` keeps the room.
class LedgerBatch {
 public:
  void clear();
  /// Fails with words when the move makes no sense by itself: nothing moves, it goes where it was, it has no name.
  /// @param asset  the number of move.asset
  /// @param move   outlives the batch
  Result<void> add(const room::LedgerMove& move, const MoveOrigin& origin, std::int64_t asset);

  /// Looks whether everybody has what they give, and everybody who is given something exists. The error says who lacks
  /// what; a connection that failed is told by its trouble().
  Result<void> check(Connection& connection);
  /// The statements that do it, to be run as one in the open transaction. When somebody lacks what they give, they fail with
  /// Trouble::Busy or Trouble::Constraint. Fails itself when a piece leaves somebody to whom it had not come.
  Result<void> append_statements(std::vector<SqlStatement>& statements);

  std::size_t size() const { return rows_.size(); }

 private:
  struct Row {
    const room::LedgerMove* move;
    MoveOrigin origin;
    std::int64_t asset;
  };
  /// How an owner's balance changes. Once settled: sorted, one of a kind, none of zero.
  struct Change {
    std::int64_t owner;
    std::int64_t asset;
    std::int64_t amount;
  };
  struct Piece {
    std::int64_t uid;
    std::int64_t asset;
    std::int64_t from;
    std::int64_t to;
  };

  void settle();
  void settle_pieces();
  Result<void> check_balance(Connection& connection, const Change& change) const;
  Result<void> check_piece(Connection& connection, const Piece& piece) const;
  std::string_view asset_name(std::int64_t asset) const;
  void append_changes(std::vector<SqlStatement>& statements) const;
  void append_pieces(std::vector<SqlStatement>& statements) const;
  void append_rows(std::vector<SqlStatement>& statements) const;

  std::vector<Row> rows_;
  std::vector<Change> changes_;
  std::vector<Piece> pieces_;
  bool settled_ = true;
  bool broken_chain_ = false;  ///< a piece left somebody to whom it had not come
};

/// For jobs (mail, trade, a game master's gift): the moves, within the job's transaction. Fails with words when somebody
/// lacks what they give.
Result<void> apply_moves(Connection& connection, std::span<const room::LedgerMove> moves, const MoveOrigin& origin);

}  // namespace throng::services
