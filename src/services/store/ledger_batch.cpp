#include "services/store/ledger_batch.h"

#include <algorithm>
#include <string>
#include <tuple>

#include <fmt/format.h>

namespace throng::services {
namespace {

constexpr std::string_view kAddToBalance =
    "INSERT INTO balance (owner, asset, amount) VALUES ($1, $2, $3) "
    "ON CONFLICT (owner, asset) DO UPDATE SET amount = balance.amount + excluded.amount";
// Not the same as adding a number below zero, which no new row could hold.
constexpr std::string_view kTakeFromBalance = "UPDATE balance SET amount = amount - $1 WHERE owner = $2 AND asset = $3";
constexpr std::string_view kTakeFromGround =
    "UPDATE balance SET amount = amount - $1 WHERE owner = $2 AND asset = $3 AND amount >= $4";
constexpr std::string_view kMakePiece = "INSERT INTO item (uid, asset, owner) VALUES ($1, $2, $3)";
constexpr std::string_view kMovePiece = "UPDATE item SET owner = $1 WHERE uid = $2 AND owner = $3 AND asset = $4";
constexpr std::string_view kEndPiece = "DELETE FROM item WHERE uid = $1 AND owner = $2 AND asset = $3";

constexpr const char* kBrokenChain = "a piece leaves somebody to whom it had not come";

constexpr std::size_t kLedgerColumns = 10;
constexpr std::size_t kLedgerBlock = 16;  ///< rows in one statement, when there are so many

/// INSERT of so many rows at once. What may be NULL comes as 0 or as an empty text: a parameter that is sometimes NULL would
/// be a statement of its own for each pattern.
std::string ledger_insert(std::size_t rows) {
  std::string sql =
      "INSERT INTO ledger (at, from_owner, to_owner, asset, amount, item, reason, note, room, tick) VALUES ";
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t n = row * kLedgerColumns;
    sql += fmt::format("{}(${}, ${}, ${}, ${}, ${}, NULLIF(${}, 0), ${}, NULLIF(${}, ''), ${}, ${})",
                       row == 0 ? "" : ", ", n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7, n + 8, n + 9, n + 10);
  }
  return sql;
}

bool is_source(std::int64_t owner) { return owner < kOwnersBegin; }

/// What lies on the ground was laid there. Whoever did so and was fenced off has it still, and nobody else may take it up.
bool has_bounds(std::int64_t owner) { return !is_source(owner) || owner == owner_of(room::LedgerSource::Ground).value; }

SqlStatement balance_statement(std::int64_t owner, std::int64_t asset, std::int64_t amount) {
  if (amount > 0 || !has_bounds(owner)) return {kAddToBalance, {owner, asset, amount}};
  if (is_source(owner)) return {kTakeFromGround, {-amount, owner, asset, -amount}, 1};
  return {kTakeFromBalance, {-amount, owner, asset}, 1};
}

}  // namespace

void LedgerBatch::clear() {
  rows_.clear();
  changes_.clear();
  pieces_.clear();
  settled_ = true;
  broken_chain_ = false;
}

Result<void> LedgerBatch::add(const room::LedgerMove& move, const MoveOrigin& origin, std::int64_t asset) {
  if (move.amount <= 0) return fail(fmt::format("a move of {} {}", move.amount, move.asset.view()));
  if (move.from == move.to) return fail(fmt::format("{} moves from {} to itself", move.asset.view(), move.from.value));
  if (move.from.value <= 0 || move.to.value <= 0) return fail(fmt::format("{} of nobody", move.asset.view()));
  if (move.item_uid != 0 && move.amount != 1)
    return fail(fmt::format("{} times the piece {}", move.amount, move.item_uid));
  rows_.push_back({&move, origin, asset});
  changes_.push_back({move.from.value, asset, -move.amount});
  changes_.push_back({move.to.value, asset, move.amount});
  if (move.item_uid != 0) pieces_.push_back({move.item_uid, asset, move.from.value, move.to.value});
  settled_ = false;
  return {};
}

void LedgerBatch::settle() {
  if (settled_) return;
  settled_ = true;
  // In one order everywhere, so that two servers never wait for each other in a ring.
  std::sort(changes_.begin(), changes_.end(),
            [](const Change& a, const Change& b) { return std::tie(a.owner, a.asset) < std::tie(b.owner, b.asset); });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < changes_.size();) {
    Change sum = changes_[i];
    for (++i; i < changes_.size() && changes_[i].owner == sum.owner && changes_[i].asset == sum.asset; ++i)
      sum.amount += changes_[i].amount;
    if (sum.amount != 0) changes_[kept++] = sum;
  }
  changes_.resize(kept);
  settle_pieces();
}

void LedgerBatch::settle_pieces() {
  std::stable_sort(pieces_.begin(), pieces_.end(), [](const Piece& a, const Piece& b) { return a.uid < b.uid; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < pieces_.size();) {
    Piece way = pieces_[i];
    for (++i; i < pieces_.size() && pieces_[i].uid == way.uid; ++i) {
      if (pieces_[i].from != way.to || pieces_[i].asset != way.asset) broken_chain_ = true;
      way.to = pieces_[i].to;
    }
    const bool unchanged = way.from == way.to || (is_source(way.from) && is_source(way.to));
    if (!unchanged) pieces_[kept++] = way;
  }
  pieces_.resize(kept);
}

std::string_view LedgerBatch::asset_name(std::int64_t asset) const {
  for (const Row& row : rows_) {
    if (row.asset == asset) return row.move->asset.view();
  }
  return "?";
}

Result<void> LedgerBatch::check_balance(Connection& connection, const Change& change) const {
  if (!has_bounds(change.owner)) return {};
  if (change.amount > 0) {
    THRONG_TRY(const Rows owner, connection.run("SELECT id FROM owner WHERE id = $1", {change.owner}));
    if (owner.empty())
      return fail(fmt::format("{} for the owner {}, who is not there", asset_name(change.asset), change.owner));
    return {};
  }
  THRONG_TRY(const Rows has, connection.run("SELECT amount FROM balance WHERE owner = $1 AND asset = $2",
                                            {change.owner, change.asset}));
  const std::int64_t amount = has.empty() ? 0 : has.integer(0, 0);
  if (amount + change.amount >= 0) return {};
  return fail(fmt::format("{} gives away {} more {} than it gets and has only {}", change.owner, -change.amount,
                          asset_name(change.asset), amount));
}

Result<void> LedgerBatch::check_piece(Connection& connection, const Piece& piece) const {
  THRONG_TRY(const Rows found, connection.run("SELECT owner, asset FROM item WHERE uid = $1", {piece.uid}));
  const auto what = [&] { return fmt::format("the {} with the number {}", asset_name(piece.asset), piece.uid); };
  if (is_source(piece.from)) {
    if (found.empty()) return {};
    return fail(fmt::format("{} would come to be twice: {} has it", what(), found.integer(0, 0)));
  }
  if (found.empty()) return fail(fmt::format("{} gives away {}, which does not exist", piece.from, what()));
  if (found.integer(0, 0) == piece.from && found.integer(0, 1) == piece.asset) return {};
  return fail(fmt::format("{} gives away {}, but it belongs to {}", piece.from, what(), found.integer(0, 0)));
}

Result<void> LedgerBatch::check(Connection& connection) {
  settle();
  if (broken_chain_) return fail(kBrokenChain);
  for (const Change& change : changes_) THRONG_CHECK(check_balance(connection, change));
  for (const Piece& piece : pieces_) THRONG_CHECK(check_piece(connection, piece));
  return {};
}

Result<void> LedgerBatch::append_statements(std::vector<SqlStatement>& statements) {
  settle();
  if (broken_chain_) return fail(kBrokenChain);
  for (const Change& change : changes_)
    statements.push_back(balance_statement(change.owner, change.asset, change.amount));
  for (const Piece& piece : pieces_) {
    if (is_source(piece.from)) {
      statements.push_back({kMakePiece, {piece.uid, piece.asset, piece.to}});
    } else if (is_source(piece.to)) {
      statements.push_back({kEndPiece, {piece.uid, piece.from, piece.asset}, 1});
    } else {
      statements.push_back({kMovePiece, {piece.to, piece.uid, piece.from, piece.asset}, 1});
    }
  }
  append_rows(statements);
  return {};
}

void LedgerBatch::append_rows(std::vector<SqlStatement>& statements) const {
  static const std::string one = ledger_insert(1);
  static const std::string block = ledger_insert(kLedgerBlock);
  for (std::size_t i = 0; i < rows_.size();) {
    const std::size_t count = rows_.size() - i >= kLedgerBlock ? kLedgerBlock : 1;
    SqlStatement statement{count == 1 ? one : block, {}};
    statement.values.reserve(count * kLedgerColumns);
    for (const std::size_t end = i + count; i < end; ++i) {
      const auto& [move, origin, asset] = rows_[i];
      const auto put = [&](SqlValue value) { statement.values.push_back(std::move(value)); };
      put(origin.at);
      put(move->from.value);
      put(move->to.value);
      put(asset);
      put(move->amount);
      put(move->item_uid);
      put(static_cast<std::int64_t>(move->reason));
      put(std::string(move->note));
      put(std::string(origin.room));
      put(origin.tick);
    }
    statements.push_back(std::move(statement));
  }
}

Result<void> apply_moves(Connection& connection, std::span<const room::LedgerMove> moves, const MoveOrigin& origin) {
  AssetIds assets;
  LedgerBatch batch;
  for (const room::LedgerMove& move : moves) {
    THRONG_TRY(const std::int64_t asset, assets.id_of(connection, move.asset.view()));
    THRONG_CHECK(batch.add(move, origin, asset));
  }
  THRONG_CHECK(batch.check(connection));
  std::vector<SqlStatement> statements;
  THRONG_CHECK(batch.append_statements(statements));
  return connection.run_all(statements);
}

}  // namespace throng::services
