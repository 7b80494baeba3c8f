#include "services/store/index_moves.h"

#include "services/store/failpoint.h"

namespace throng::services {
namespace {

/// Longer than any transaction of a store lasts, and clocks of servers differ.
constexpr std::int64_t kSettledAfterMs = 120'000;

/// One past the last that is to be entered now.
Result<std::int64_t> end_of_settled(Connection& connection, std::int64_t first, std::int64_t now) {
  const std::int64_t most = first + kMovesIndexedAtOnce;
  THRONG_TRY(const Rows newest, connection.run("SELECT COALESCE(MAX(id), 0) + 1 FROM ledger WHERE id < $1", {most}));
  const std::int64_t end = newest.integer(0, 0);
  if (connection.engine() == Engine::Sqlite) return end;  // one writer: numbers become visible in their order
  THRONG_TRY(const Rows fresh, connection.run("SELECT MIN(id) FROM ledger WHERE id >= $1 AND id < $2 AND at > $3",
                                              {first, end, now - kSettledAfterMs}));
  return fresh.is_null(0, 0) ? end : fresh.integer(0, 0);
}

Result<std::int64_t> index_within(Connection& connection, std::int64_t now) {
  // Locks the row, so that two servers do not both enter the same.
  THRONG_TRY(const Rows locked,
             connection.run("UPDATE number_block SET next = next WHERE name = 'moves_by_owner' RETURNING next"));
  if (locked.empty()) return fail("the database has lost its place in the ledger: its table number_block is damaged");
  const std::int64_t first = locked.integer(0, 0);
  THRONG_TRY(const std::int64_t end, end_of_settled(connection, first, now));
  if (end <= first) return 0;
  // Nothing moves from somebody to themselves, so none is there twice.
  THRONG_CHECK(connection.run(
      "INSERT INTO move_in_block (block, owner, move) "
      "SELECT id / 8192, to_owner, id FROM ledger WHERE id >= $1 AND id < $2 AND to_owner >= 1000 UNION ALL "
      "SELECT id / 8192, from_owner, id FROM ledger WHERE id >= $3 AND id < $4 AND from_owner >= 1000 ORDER BY 1, 2, 3",
      {first, end, first, end}));
  THRONG_FAILPOINT("index.after_entering");
  THRONG_CHECK(connection.run("UPDATE number_block SET next = $1 WHERE name = 'moves_by_owner'", {end}));
  return end - first;
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
