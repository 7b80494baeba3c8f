#include "services/store/ledger_show.h"

#include <algorithm>
#include <limits>
#include <map>

#include <fmt/format.h>

#include "room/keeping.h"

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

Result<std::vector<Possession>> load_possessions(Connection& connection, OwnerId owner) {
  std::vector<Possession> all;
  THRONG_TRY(const Rows pieces,
             connection.run("SELECT asset.name, item.uid FROM item JOIN asset ON asset.id = item.asset "
                            "WHERE item.owner = $1 ORDER BY asset.name, item.uid",
                            {owner.value}));
  std::map<std::string, std::int64_t> in_pieces;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    all.push_back({pieces.text(i, 0), 1, pieces.integer(i, 1), {}, false});
    ++in_pieces[pieces.text(i, 0)];
  }
  THRONG_TRY(const Rows balances,
             connection.run("SELECT asset.name, balance.amount FROM balance JOIN asset ON asset.id = balance.asset "
                            "WHERE balance.owner = $1 AND balance.amount <> 0 ORDER BY asset.name",
                            {owner.value}));
  for (std::size_t i = 0; i < balances.size(); ++i) {
    const std::string name = balances.text(i, 0);
    const std::int64_t rest = balances.integer(i, 1) - in_pieces[name];
    if (rest != 0) all.push_back({name, rest, 0, {}, false});
  }
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

Result<void> find_origins(Connection& connection, OwnerId owner, std::vector<Possession>& possessions) {
  std::vector<std::int64_t> missing;
  for (const Possession& has : possessions) missing.push_back(has.amount);
  const auto unexplained = [&] { return std::any_of(missing.begin(), missing.end(), [](auto n) { return n > 0; }); };
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  for (std::size_t seen = 0; seen < kShowMovesMax && unexplained();) {
    THRONG_TRY(const Rows moves,
               connection.run("SELECT " THRONG_MOVE_COLUMNS " FROM ledger" THRONG_MOVE_JOINS
                              "WHERE ledger.to_owner >= 1000 AND ledger.to_owner = $1 AND ledger.id < $2 "
                              "ORDER BY ledger.id DESC LIMIT $3",
                              {owner.value, before, static_cast<std::int64_t>(kMovesPageMax)}));
    if (moves.empty()) break;
    for (std::size_t i = 0; i < moves.size(); ++i) explain(possessions, missing, shown_move(moves, i));
    seen += moves.size();
    before = moves.integer(moves.size() - 1, 0);
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
  THRONG_TRY(const Rows found,
             connection.run("SELECT " THRONG_MOVE_COLUMNS " FROM ledger" THRONG_MOVE_JOINS
                            "WHERE (ledger.to_owner = $1 AND ledger.to_owner >= 1000 AND ledger.id < $2) "
                            "OR (ledger.from_owner = $3 AND ledger.from_owner >= 1000 AND ledger.id < $4) "
                            "ORDER BY ledger.id DESC LIMIT $5",
                            {owner.value, older_than, owner.value, older_than, limit}));
  std::vector<ShownMove> moves;
  for (std::size_t i = 0; i < found.size(); ++i) moves.push_back(shown_move(found, i));
  return moves;
}

#undef THRONG_MOVE_COLUMNS
#undef THRONG_MOVE_JOINS

}  // namespace throng::services
