#include "services/store/ledger_show.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "room/keeping.h"
#include "services/store/index_moves.h"
#include "services/store/owned.h"

namespace throng::services {
namespace {

/// So many moves are looked through for the origins of what somebody has.
constexpr std::size_t kShowMovesMax = 100'000;

#define THRONG_MOVE_COLUMNS                                                                                       \
  "ledger.id, ledger.at, ledger.from_owner, giver.name, ledger.to_owner, taker.name, asset.name, ledger.amount, " \
  "ledger.item, ledger.reason, ledger.note, ledger.room, ledger.tick"
#define THRONG_MOVE_JOINS                                                                            \
  " JOIN asset ON asset.id = ledger.asset LEFT JOIN owner AS giver ON giver.id = ledger.from_owner " \
  "LEFT JOIN owner AS taker ON taker.id = ledger.to_owner "

std::string owner_words(std::int64_t number, const std::string& name) {
  return number < kOwnersBegin ? name : fmt::format("{} ({})", name.empty() ? "-" : name, number);
}

ShownMove shown_move(const Rows& rows, std::size_t row) {
  ShownMove move;
  move.id = rows.integer(row, 0);
  move.at = rows.integer(row, 1);
  move.from = owner_words(rows.integer(row, 2), rows.text(row, 3));
  move.to = owner_words(rows.integer(row, 4), rows.text(row, 5));
  move.asset = rows.text(row, 6);
  move.amount = rows.integer(row, 7);
  move.item = rows.integer(row, 8);
  move.reason = room::ledger_source_name(static_cast<room::LedgerSource>(rows.integer(row, 9)));
  move.note = rows.text(row, 10);
  move.room = rows.text(row, 11);
  move.tick = rows.integer(row, 12);
  return move;
}

/// By asset, pieces first.
Result<std::vector<Possession>> load_possessions(Connection& connection, OwnerId owner) {
  THRONG_TRY(const std::vector<OwnedThing> things, possessions_of(connection, owner));
  std::vector<Possession> all;
  for (const OwnedThing& thing : things) all.push_back({thing.asset, thing.amount, thing.item_uid, {}, false});
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.asset < b.asset; });
  return all;
}

/// Notes a move that brought something down as the origin of what is still unexplained.
void explain(std::vector<Possession>& possessions, std::vector<std::int64_t>& missing, const ShownMove& move) {
  for (std::size_t i = 0; i < possessions.size(); ++i) {
    Possession& has = possessions[i];
    if (has.asset != move.asset || has.item != move.item || missing[i] <= 0) continue;
    missing[i] -= move.amount;
    if (has.origins.size() < kOriginsMax) has.origins.push_back(move);
    has.all_origins = missing[i] <= 0 && has.origins.size() < kOriginsMax;
  }
}

struct OwnMove {
  ShownMove shown;
  bool came = false;  ///< to the owner
};

void append_own(const Rows& rows, OwnerId owner, std::vector<OwnMove>& out) {
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back({shown_move(rows, i), rows.integer(i, 4) == owner.value});
}

/// The owner's newest moves in these blocks, so many at most.
Result<Rows> moves_in_blocks(Connection& connection, OwnerId owner, std::int64_t first, std::int64_t last,
                             std::int64_t before, std::int64_t limit) {
  return connection.run(
      "WITH RECURSIVE blocks (number) AS (SELECT CAST($1 AS BIGINT) UNION ALL "
      "SELECT number - 1 FROM blocks WHERE number > $2), "
      "own (id) AS (SELECT move_in_block.move FROM blocks CROSS JOIN move_in_block "
      "WHERE move_in_block.block = blocks.number AND move_in_block.owner = $3 "
      "AND move_in_block.move < $4 ORDER BY move_in_block.move DESC LIMIT $5) "
      "SELECT " THRONG_MOVE_COLUMNS " FROM own JOIN ledger ON ledger.id = own.id" THRONG_MOVE_JOINS
      "ORDER BY ledger.id DESC",
      {last, first, owner.value, before, limit});
}

/// Newest first: at first those that are not in the index yet, which are few.
Result<std::vector<OwnMove>> own_moves(Connection& connection, OwnerId owner, std::int64_t before, std::int64_t limit) {
  THRONG_TRY(const std::int64_t indexed_until, first_move_not_indexed(connection));
  std::vector<OwnMove> moves;
  THRONG_TRY(
      const Rows fresh,
      connection.run("SELECT " THRONG_MOVE_COLUMNS " FROM ledger" THRONG_MOVE_JOINS
                     "WHERE ledger.id >= $1 AND ledger.id < $2 AND (ledger.to_owner = $3 OR ledger.from_owner = $4) "
                     "ORDER BY ledger.id DESC LIMIT $5",
                     {indexed_until, before, owner.value, owner.value, limit}));
  append_own(fresh, owner, moves);
  const std::int64_t end = std::min(before, indexed_until);
  std::int64_t blocks = 1;  // at once: more and more, for whoever has so few moves
  for (std::int64_t last = (end - 1) / kMovesInBlock; end > 0 && last >= 0; last -= blocks, blocks *= 4) {
    const std::int64_t rest = limit - static_cast<std::int64_t>(moves.size());
    if (rest <= 0) break;
    const std::int64_t first = std::max<std::int64_t>(0, last - blocks + 1);
    THRONG_TRY(const Rows older, moves_in_blocks(connection, owner, first, last, end, rest));
    append_own(older, owner, moves);
  }
  return moves;
}

Result<void> find_origins(Connection& connection, OwnerId owner, std::vector<Possession>& possessions) {
  std::vector<std::int64_t> missing;
  for (const Possession& has : possessions) missing.push_back(has.amount);
  const auto unexplained = [&] { return std::any_of(missing.begin(), missing.end(), [](auto n) { return n > 0; }); };
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  for (std::size_t seen = 0; seen < kShowMovesMax && unexplained();) {
    THRONG_TRY(const std::vector<OwnMove> moves,
               own_moves(connection, owner, before, static_cast<std::int64_t>(kMovesPageMax)));
    if (moves.empty()) break;
    for (const OwnMove& move : moves) {
      if (move.came) explain(possessions, missing, move.shown);
    }
    seen += moves.size();
    before = moves.back().shown.id;
  }
  return {};
}

}  // namespace

Result<std::vector<Possession>> show_possessions(Connection& connection, OwnerId owner) {
  THRONG_CHECK(connection.begin_snapshot());
  Result<std::vector<Possession>> possessions = load_possessions(connection, owner);
  const Result<void> found = possessions ? find_origins(connection, owner, *possessions) : Result<void>();
  connection.rollback();
  if (!found) return fail(found.error());
  return possessions;
}

Result<std::vector<ShownMove>> show_moves(Connection& connection, OwnerId owner, std::int64_t before, std::size_t max) {
  const std::int64_t older_than = before > 0 ? before : std::numeric_limits<std::int64_t>::max();
  const auto limit = static_cast<std::int64_t>(std::clamp<std::size_t>(max, 1, kMovesPageMax));
  THRONG_TRY(std::vector<OwnMove> own, own_moves(connection, owner, older_than, limit));
  std::vector<ShownMove> moves;
  for (OwnMove& move : own) moves.push_back(std::move(move.shown));
  return moves;
}

#undef THRONG_MOVE_COLUMNS
#undef THRONG_MOVE_JOINS

}  // namespace throng::services
