#include "services/store/ledger_batch.h"

#include <algorithm>
#include <string>
#include <tuple>

#include <fmt/format.h>

#include "services/database/rows_insert.h"

namespace throng::services {
namespace {

// Not the same as adding a number below zero, which no new row could hold.
constexpr std::string_view kTakeFromBalance = "UPDATE balance SET amount = amount - $1 WHERE owner = $2 AND asset = $3";
constexpr std::string_view kTakeFromGround =
    "UPDATE balance SET amount = amount - $1 WHERE owner = $2 AND asset = $3 AND amount >= $4";
constexpr std::string_view kMovePiece = "UPDATE item SET owner = $1 WHERE uid = $2 AND owner = $3 AND asset = $4";
constexpr std::string_view kEndPiece = "DELETE FROM item WHERE uid = $1 AND owner = $2 AND asset = $3";

constexpr const char* kBrokenChain = "a piece leaves somebody to whom it had not come";

const RowsInsert& add_to_balances() {
  static const RowsInsert insert("INSERT INTO balance (owner, asset, amount) VALUES", "(?, ?, ?)",
                                 "ON CONFLICT (owner, asset) DO UPDATE SET amount = balance.amount + excluded.amount");
  return insert;
}

const RowsInsert& make_pieces() {
  static const RowsInsert insert("INSERT INTO item (uid, asset, owner) VALUES", "(?, ?, ?)");
  return insert;
}

/// What may be NULL comes as 0 or as an empty text: a parameter that is sometimes NULL would be a statement of its own for
/// each pattern.
const RowsInsert& add_moves() {
  static const RowsInsert insert(
      "INSERT INTO ledger (at, from_owner, to_owner, asset, amount, item, reason, note, room, tick) VALUES",
      "(?, ?, ?, ?, ?, NULLIF(?, 0), ?, NULLIF(?, ''), ?, ?)");
  return insert;
}

bool is_source(std::int64_t owner) { return owner < kOwnersBegin; }

/// What lies on the ground was laid there. Whoever did so and was fenced off has it still, and nobody else may take it up.
bool has_bounds(std::int64_t owner) { return !is_source(owner) || owner == owner_of(room::LedgerSource::Ground).value; }

bool is_added(std::int64_t owner, std::int64_t amount) { return amount > 0 || !has_bounds(owner); }

SqlStatement take_statement(std::int64_t owner, std::int64_t asset, std::int64_t amount) {
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
  append_changes(statements);
  append_pieces(statements);
  append_rows(statements);
  return {};
}

/// In their order, however many go into one statement: see settle.
void LedgerBatch::append_changes(std::vector<SqlStatement>& statements) const {
  for (std::size_t begin = 0; begin < changes_.size();) {
    std::size_t end = begin;
    while (end < changes_.size() && is_added(changes_[end].owner, changes_[end].amount)) ++end;
    add_to_balances().append(end - begin, statements, [&](std::size_t i, std::vector<SqlValue>& values) {
      const Change& change = changes_[begin + i];
      for (const std::int64_t value : {change.owner, change.asset, change.amount}) values.emplace_back(value);
    });
    begin = end;
    if (begin == changes_.size()) break;
    statements.push_back(take_statement(changes_[begin].owner, changes_[begin].asset, changes_[begin].amount));
    ++begin;
  }
}

void LedgerBatch::append_pieces(std::vector<SqlStatement>& statements) const {
  for (std::size_t begin = 0; begin < pieces_.size();) {
    std::size_t end = begin;
    while (end < pieces_.size() && is_source(pieces_[end].from)) ++end;
    make_pieces().append(end - begin, statements, [&](std::size_t i, std::vector<SqlValue>& values) {
      const Piece& piece = pieces_[begin + i];
      for (const std::int64_t value : {piece.uid, piece.asset, piece.to}) values.emplace_back(value);
    });
    begin = end;
    if (begin == pieces_.size()) break;
    const Piece& piece = pieces_[begin++];
    if (is_source(piece.to)) {
      statements.push_back({kEndPiece, {piece.uid, piece.from, piece.asset}, 1});
    } else {
      statements.push_back({kMovePiece, {piece.to, piece.uid, piece.from, piece.asset}, 1});
    }
  }
}

void LedgerBatch::append_rows(std::vector<SqlStatement>& statements) const {
  add_moves().append(rows_.size(), statements, [this](std::size_t i, std::vector<SqlValue>& values) {
    const auto& [move, origin, asset] = rows_[i];
    values.emplace_back(origin.at);
    values.emplace_back(move->from.value);
    values.emplace_back(move->to.value);
    values.emplace_back(asset);
    values.emplace_back(move->amount);
    values.emplace_back(move->item_uid);
    values.emplace_back(static_cast<std::int64_t>(move->reason));
    values.emplace_back(std::string(move->note));
    values.emplace_back(std::string(origin.room));
    values.emplace_back(origin.tick);
  });
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
