#include "services/store/index_moves.h"

#include <limits>

#include "services/store/failpoint.h"

namespace throng::services {
namespace {

/// Longer than any transaction of a store lasts, and clocks of servers differ.
constexpr std::int64_t kSettledAfterMs = 120'000;

struct Settled {
  std::int64_t end = 0;    ///< one past the last that is to be entered now
  std::int64_t count = 0;  ///< 0: none is
};

/// Numbers of transactions that failed are in no row, so rows are counted and not numbers: a gap may be of any length.
/// One statement, for one view of the ledger: a row that is committed between two would hide those before it that are not.
Result<Settled> settled_moves(Connection& connection, std::int64_t first, std::int64_t now) {
  constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
  // SQLite has one writer: numbers become visible in their order. Elsewhere a row that is settled vouches for every number
  // before it, and one that is not for none: so it ends behind the last that is settled, not at the first that is not.
  const std::int64_t settled_at = connection.engine() == Engine::Sqlite ? kNever : now - kSettledAfterMs;
  THRONG_TRY(const Rows found,
             connection.run("WITH oldest AS (SELECT id, at FROM ledger WHERE id >= $1 ORDER BY id LIMIT $2) "
                            "SELECT COALESCE(MAX(id) + 1, 0), COUNT(*) FROM oldest "
                            "WHERE id < COALESCE((SELECT MIN(id) FROM oldest WHERE at > $3), $4)",
                            {first, kMovesIndexedAtOnce, settled_at, kNever}));
  return Settled{found.integer(0, 0), found.integer(0, 1)};
}

Result<std::int64_t> index_within(Connection& connection, std::int64_t now) {
  // Locks the row, so that two servers do not both enter the same.
  THRONG_TRY(const Rows locked,
             connection.run("UPDATE number_block SET next = next WHERE name = 'moves_by_owner' RETURNING next"));
  if (locked.empty()) return fail("the database has lost its place in the ledger: its table number_block is damaged");
  const std::int64_t first = locked.integer(0, 0);
  THRONG_TRY(const Settled settled, settled_moves(connection, first, now));
  if (settled.count == 0) return 0;
  // Nothing moves from somebody to themselves, so none is there twice.
  THRONG_CHECK(connection.run(
      "INSERT INTO move_in_block (block, owner, move) "
      "SELECT id / 8192, to_owner, id FROM ledger WHERE id >= $1 AND id < $2 AND to_owner >= 1000 UNION ALL "
      "SELECT id / 8192, from_owner, id FROM ledger WHERE id >= $3 AND id < $4 AND from_owner >= 1000 ORDER BY 1, 2, 3",
      {first, settled.end, first, settled.end}));
  THRONG_FAILPOINT("index.after_entering");
  THRONG_CHECK(connection.run("UPDATE number_block SET next = $1 WHERE name = 'moves_by_owner'", {settled.end}));
  return settled.count;
}

}  // namespace

Result<std::int64_t> index_moves(Connection& connection, std::int64_t now) {
  THRONG_CHECK(connection.begin());
  Result<std::int64_t> indexed = index_within(connection, now);
  if (indexed) {
    THRONG_FAILPOINT("index.before_commit");
    if (const Result<void> committed = connection.commit(); !committed) return fail(committed.error());
    THRONG_FAILPOINT("index.after_commit");
    return indexed;
  }
  connection.rollback();
  return indexed;
}

Result<std::int64_t> first_move_not_indexed(Connection& connection) {
  THRONG_TRY(const Rows found, connection.run("SELECT next FROM number_block WHERE name = 'moves_by_owner'"));
  return found.empty() ? 0 : found.integer(0, 0);
}

}  // namespace throng::services
