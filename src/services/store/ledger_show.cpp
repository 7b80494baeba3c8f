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
/// Moves of everybody before the one with which a piece was picked up: one of them has dropped it.
constexpr std::int64_t kDroppedWithinMoves = 1'000'000;

#define THRONG_MOVE_COLUMNS                                                                                       \
  "ledger.id, ledger.at, ledger.from_owner, giver.name, ledger.to_owner, taker.name, asset.name, ledger.amount, " \
  "ledger.item, ledger.reason, ledger.note, ledger.room, ledger.tick"
#define THRONG_MOVE_JOINS                                                                            \
  " JOIN asset ON asset.id = ledger.asset LEFT JOIN owner AS giver ON giver.id = ledger.from_owner " \
  "LEFT JOIN owner AS taker ON taker.id = ledger.to_owner "

std::string owner_words(std::int64_t number, const std::string& name) {
  return number < kOwnersBegin ? name : fmt::format("{} ({})", name.empty() ? "-" : name, number);
}

/// Before there was a reason for them, moves between people had the reason `unexplained`, and a note that said why.
std::string reason_words(room::LedgerSource reason, const std::string& note) {
  const bool by_note = reason == room::LedgerSource::Unexplained && (note == "trade" || note == "mail");
  return by_note ? note : std::string(room::ledger_source_name(reason));
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
  move.note = rows.text(row, 10);
  move.reason = reason_words(static_cast<room::LedgerSource>(rows.integer(row, 9)), move.note);
  if (move.note == move.reason) move.note.clear();
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

struct OwnMove {
  ShownMove shown;
  OwnerId from;
  bool came = false;  ///< to the owner
};

/// Notes a move that brought something down as the origin of what is still unexplained.
/// @param givers  who gave each possession last
void explain(std::vector<Possession>& possessions, std::vector<std::int64_t>& missing, std::vector<OwnerId>& givers,
             const OwnMove& came) {
  const ShownMove& move = came.shown;
  for (std::size_t i = 0; i < possessions.size(); ++i) {
    Possession& has = possessions[i];
    if (has.asset != move.asset || has.item != move.item || missing[i] <= 0) continue;
    missing[i] -= move.amount;
    if (has.origins.size() < kOriginsMax) has.origins.push_back(move);
    has.all_origins = missing[i] <= 0 && has.origins.size() < kOriginsMax;
    givers[i] = came.from;
  }
}

void append_own(const Rows& rows, OwnerId owner, std::vector<OwnMove>& out) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.push_back({shown_move(rows, i), {rows.integer(i, 2)}, rows.integer(i, 4) == owner.value});
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

/// The newest move before `before` with which the piece came to somebody who can pass it on.
Result<Rows> came_before(Connection& connection, OwnerId owner, std::int64_t item, std::int64_t before) {
  THRONG_TRY(const std::int64_t indexed_until, first_move_not_indexed(connection));
  const bool on_the_ground = owner == room::owner_of(room::LedgerSource::Ground);
  const std::int64_t first = on_the_ground ? before - kDroppedWithinMoves : indexed_until;
  THRONG_TRY(Rows fresh, connection.run("SELECT " THRONG_MOVE_COLUMNS " FROM ledger" THRONG_MOVE_JOINS
                                        "WHERE ledger.id >= $1 AND ledger.id < $2 AND ledger.to_owner = $3 AND "
                                        "ledger.item = $4 ORDER BY ledger.id DESC LIMIT 1",
                                        {first, before, owner.value, item}));
  if (!fresh.empty() || on_the_ground) return fresh;
  return connection.run(
      "WITH RECURSIVE blocks (number) AS (SELECT CAST($1 AS BIGINT) UNION ALL "
      "SELECT number - 1 FROM blocks WHERE number > 0), "
      "own (id) AS (SELECT MAX(came.id) FROM blocks CROSS JOIN move_in_block "
      "JOIN ledger AS came ON came.id = move_in_block.move WHERE move_in_block.block = blocks.number "
      "AND move_in_block.owner = $2 AND move_in_block.move < $3 AND came.to_owner = $4 AND came.item = $5) "
      "SELECT " THRONG_MOVE_COLUMNS " FROM own JOIN ledger ON ledger.id = own.id" THRONG_MOVE_JOINS,
      {before / kMovesInBlock, owner.value, before, owner.value, item});
}

/// From hand to hand back to where the piece was made.
Result<void> follow_back(Connection& connection, OwnerId giver, Possession& piece) {
  while (giver.value >= kOwnersBegin || giver == room::owner_of(room::LedgerSource::Ground)) {
    piece.all_origins = false;
    if (piece.origins.size() >= kOriginsMax) return {};
    THRONG_TRY(const Rows earlier, came_before(connection, giver, piece.item, piece.origins.back().id));
    if (earlier.empty()) return {};
    piece.origins.push_back(shown_move(earlier, 0));
    giver = {earlier.integer(0, 2)};
  }
  piece.all_origins = true;
  return {};
}

Result<void> find_origins(Connection& connection, OwnerId owner, std::vector<Possession>& possessions) {
  std::vector<std::int64_t> missing;
  std::vector<OwnerId> givers(possessions.size());
  for (const Possession& has : possessions) missing.push_back(has.amount);
  const auto unexplained = [&] { return std::any_of(missing.begin(), missing.end(), [](auto n) { return n > 0; }); };
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  for (std::size_t seen = 0; seen < kShowMovesMax && unexplained();) {
    THRONG_TRY(const std::vector<OwnMove> moves,
               own_moves(connection, owner, before, static_cast<std::int64_t>(kMovesPageMax)));
    if (moves.empty()) break;
    for (const OwnMove& move : moves) {
      if (move.came) explain(possessions, missing, givers, move);
    }
    seen += moves.size();
    before = moves.back().shown.id;
  }
  for (std::size_t i = 0; i < possessions.size(); ++i) {
    if (possessions[i].item != 0 && !possessions[i].origins.empty())
      THRONG_CHECK(follow_back(connection, givers[i], possessions[i]));
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
