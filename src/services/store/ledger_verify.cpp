#include "services/store/ledger_verify.h"

#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/ids.h"
#include "room/keeping.h"
#include "sim/character_sheet.h"

namespace throng::services {
namespace {

/// Owners in one page. For each page the whole ledger is read.
constexpr std::int64_t kVerifyOwners = 20'000;
/// Rows of the ledger in one page.
constexpr std::int64_t kVerifyMoves = 50'000;

/// What one owner should have and has, by number of the asset or piece.
struct OwnerAccount {
  std::string kind;
  std::string name;
  std::map<std::int64_t, std::int64_t> moved;     ///< amounts that the moves add up to
  std::map<std::int64_t, std::int64_t> balances;
  std::map<std::int64_t, std::int64_t> pieces;    ///< asset of each piece that it owns
  std::map<std::int64_t, std::int64_t> last_in;   ///< move with which a piece came
  std::map<std::int64_t, std::int64_t> last_out;  ///< and with which it went
  std::optional<Blob> sheet;                      ///< of a character; empty: it has never played
};

class LedgerVerifier {
 public:
  LedgerVerifier(Connection& connection, const content::GameContent* content)
      : connection_(connection), content_(content) {}

  Result<LedgerReport> run() {
    THRONG_CHECK(load_assets());
    THRONG_CHECK(check_sums());
    THRONG_CHECK(check_moves());
    THRONG_CHECK(check_pieces_of_sources());
    THRONG_CHECK(check_pieces_of_mails());
    for (std::int64_t after = kOwnersBegin - 1;;) {
      THRONG_TRY(const std::int64_t last, check_owners(after));
      if (last == after) break;
      after = last;
    }
    return std::move(report_);
  }

 private:
  using Values = std::initializer_list<SqlValue>;
  using Numbers = std::map<std::int64_t, std::int64_t>;

  void problem(std::string words) {
    if (report_.problems.size() < kLedgerProblemsMax) {
      report_.problems.push_back(std::move(words));
    } else {
      ++report_.more_problems;
    }
  }
  std::string asset(std::int64_t number) const {
    const auto found = assets_.find(number);
    return found == assets_.end() ? fmt::format("asset {}", number) : found->second;
  }
  static std::string who(std::int64_t number, const OwnerAccount& owner) {
    return fmt::format("{} {} ({})", owner.kind, owner.name.empty() ? "without a name" : owner.name, number);
  }

  Result<void> load_assets();
  Result<void> check_sums();
  Result<void> check_moves();
  Result<void> check_move_page(std::int64_t after, std::int64_t last,
                               std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t>& sources);
  Result<void> check_source_balances(const std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t>& sources);
  Result<void> check_pieces_of_sources();
  Result<void> check_pieces_of_mails();
  Result<std::int64_t> check_owners(std::int64_t after);
  Result<void> load_accounts(std::int64_t first, std::int64_t last);
  Result<void> load_characters(std::int64_t first, std::int64_t last);
  template <typename Fill>
  Result<void> each(std::string_view sql, Values values, Fill&& fill);

  void check_account(std::int64_t number, const OwnerAccount& owner);
  void check_balances(std::int64_t number, const OwnerAccount& owner);
  void check_pieces(std::int64_t number, const OwnerAccount& owner);
  void check_sheet(std::int64_t number, const OwnerAccount& owner);
  void check_stack(std::int64_t number, const OwnerAccount& owner, const sim::SavedStack& stack);

  Connection& connection_;
  const content::GameContent* content_;
  LedgerReport report_;
  std::map<std::int64_t, std::string> assets_;
  std::map<std::int64_t, OwnerAccount> page_;
};

template <typename Fill>
Result<void> LedgerVerifier::each(std::string_view sql, Values values, Fill&& fill) {
  THRONG_TRY(const Rows rows, connection_.run(sql, values));
  for (std::size_t row = 0; row < rows.size(); ++row) fill(rows, row);
  return {};
}

Result<void> LedgerVerifier::load_assets() {
  return each("SELECT id, name FROM asset", {},
              [this](const Rows& rows, std::size_t row) { assets_[rows.integer(row, 0)] = rows.text(row, 1); });
}

Result<void> LedgerVerifier::check_sums() {
  return each(
      "SELECT asset, CAST(SUM(amount) AS BIGINT) FROM balance GROUP BY asset HAVING SUM(amount) <> 0 ORDER BY asset",
      {}, [this](const Rows& rows, std::size_t row) {
        problem(fmt::format("the balances of {} add up to {} instead of 0", asset(rows.integer(row, 0)),
                            rows.integer(row, 1)));
      });
}

/// All moves once, in the order in which they were made; the sums of sources come from here.
Result<void> LedgerVerifier::check_moves() {
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> sources;
  THRONG_TRY(const Rows newest, connection_.run("SELECT COALESCE(MAX(id), 0) FROM ledger"));
  for (std::int64_t after = 0; after < newest.integer(0, 0); after += kVerifyMoves)
    THRONG_CHECK(check_move_page(after, after + kVerifyMoves, sources));
  return check_source_balances(sources);
}

Result<void> LedgerVerifier::check_move_page(std::int64_t after, std::int64_t last,
                                             std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t>& sources) {
  THRONG_CHECK(each("SELECT count(*) FROM ledger WHERE id > $1 AND id <= $2", {after, last},
                    [this](const Rows& rows, std::size_t row) { report_.moves += rows.integer(row, 0); }));
  THRONG_CHECK(
      each("SELECT from_owner, asset, CAST(SUM(amount) AS BIGINT) FROM ledger "
           "WHERE id > $1 AND id <= $2 AND from_owner < 1000 GROUP BY from_owner, asset",
           {after, last}, [&](const Rows& rows, std::size_t row) {
             sources[{rows.integer(row, 0), rows.integer(row, 1)}] -= rows.integer(row, 2);
           }));
  THRONG_CHECK(
      each("SELECT to_owner, asset, CAST(SUM(amount) AS BIGINT) FROM ledger "
           "WHERE id > $1 AND id <= $2 AND to_owner < 1000 GROUP BY to_owner, asset",
           {after, last}, [&](const Rows& rows, std::size_t row) {
             sources[{rows.integer(row, 0), rows.integer(row, 1)}] += rows.integer(row, 2);
           }));
  THRONG_CHECK(
      each("SELECT count(*) FROM ledger WHERE id > $1 AND id <= $2 AND reason = $3 AND COALESCE(note, '') = ''",
           {after, last, room::owner_of(room::LedgerSource::Unexplained).value},
           [this](const Rows& rows, std::size_t row) { report_.unexplained += rows.integer(row, 0); }));
  return each(
      "SELECT id FROM ledger WHERE id > $1 AND id <= $2 AND (from_owner = to_owner "
      "OR NOT EXISTS (SELECT 1 FROM owner WHERE owner.id = from_owner) "
      "OR NOT EXISTS (SELECT 1 FROM owner WHERE owner.id = to_owner)) ORDER BY id LIMIT 100",
      {after, last}, [&](const Rows& rows, std::size_t row) {
        problem(
            fmt::format("the move {} goes from or to somebody who does not exist, or nowhere", rows.integer(row, 0)));
      });
}

Result<void> LedgerVerifier::check_source_balances(
    const std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t>& sources) {
  auto differences = sources;
  THRONG_CHECK(
      each("SELECT owner, asset, amount FROM balance WHERE owner < 1000", {}, [&](const Rows& rows, std::size_t row) {
        differences[{rows.integer(row, 0), rows.integer(row, 1)}] -= rows.integer(row, 2);
      }));
  for (const auto& [key, difference] : differences) {
    if (difference == 0) continue;
    const auto source = static_cast<room::LedgerSource>(key.first);
    problem(fmt::format("the source {} ({}): its moves of {} add up to {} more than its balance",
                        room::ledger_source_name(source), key.first, asset(key.second), difference));
  }
  return {};
}

Result<void> LedgerVerifier::check_pieces_of_sources() {
  return each("SELECT uid, owner FROM item WHERE owner < 1000 ORDER BY uid LIMIT 100", {},
              [this](const Rows& rows, std::size_t row) {
                problem(fmt::format("the piece {} belongs to the source {}, and should be gone", rows.integer(row, 0),
                                    rows.integer(row, 1)));
              });
}

/// What is attached to a mail is found by mail_piece, and nobody can claim what belongs to one that is gone.
Result<void> LedgerVerifier::check_pieces_of_mails() {
  THRONG_CHECK(each(
      "SELECT owner.id, balance.asset, balance.amount FROM owner JOIN balance ON balance.owner = owner.id "
      "WHERE owner.kind = 'mail' AND balance.amount <> 0 AND NOT EXISTS (SELECT 1 FROM mail WHERE mail.id = owner.id) "
      "ORDER BY owner.id, balance.asset LIMIT 100",
      {}, [this](const Rows& rows, std::size_t row) {
        problem(fmt::format("the mail {} is gone, and owns {} {}", rows.integer(row, 0), rows.integer(row, 2),
                            asset(rows.integer(row, 1))));
      }));
  return each(
      "SELECT item.uid, mail.id FROM item JOIN mail ON mail.id = item.owner WHERE NOT EXISTS (SELECT 1 FROM "
      "mail_piece WHERE mail_piece.item = item.uid AND mail_piece.mail = mail.id) ORDER BY item.uid LIMIT 100",
      {}, [this](const Rows& rows, std::size_t row) {
        problem(fmt::format("the mail {} owns the piece {}, and it is not among what is attached to it",
                            rows.integer(row, 1), rows.integer(row, 0)));
      });
}

/// @return the last owner of the page; `after` when there is none
Result<std::int64_t> LedgerVerifier::check_owners(std::int64_t after) {
  page_.clear();
  THRONG_CHECK(each("SELECT id, kind, name FROM owner WHERE id > $1 ORDER BY id LIMIT $2", {after, kVerifyOwners},
                    [this](const Rows& rows, std::size_t row) {
                      OwnerAccount& owner = page_[rows.integer(row, 0)];
                      owner.kind = rows.text(row, 1);
                      owner.name = rows.text(row, 2);
                    }));
  if (page_.empty()) return after;
  const std::int64_t first = page_.begin()->first;
  const std::int64_t last = page_.rbegin()->first;
  THRONG_CHECK(load_accounts(first, last));
  THRONG_CHECK(load_characters(first, last));
  for (const auto& [number, owner] : page_) check_account(number, owner);
  return last;
}

Result<void> LedgerVerifier::load_accounts(std::int64_t first, std::int64_t last) {
  const auto of_owner = [this](Numbers OwnerAccount::* where, std::int64_t sign = 1) {
    return [this, where, sign](const Rows& rows, std::size_t row) {
      (page_[rows.integer(row, 0)].*where)[rows.integer(row, 1)] += sign * rows.integer(row, 2);
    };
  };
  THRONG_CHECK(
      each("SELECT to_owner, asset, CAST(SUM(amount) AS BIGINT) FROM ledger "
           "WHERE to_owner BETWEEN $1 AND $2 GROUP BY to_owner, asset",
           {first, last}, of_owner(&OwnerAccount::moved)));
  THRONG_CHECK(
      each("SELECT from_owner, asset, CAST(SUM(amount) AS BIGINT) FROM ledger "
           "WHERE from_owner BETWEEN $1 AND $2 GROUP BY from_owner, asset",
           {first, last}, of_owner(&OwnerAccount::moved, -1)));
  THRONG_CHECK(
      each("SELECT to_owner, item, MAX(id) FROM ledger WHERE to_owner BETWEEN $1 AND $2 "
           "AND item IS NOT NULL GROUP BY to_owner, item",
           {first, last}, of_owner(&OwnerAccount::last_in)));
  THRONG_CHECK(
      each("SELECT from_owner, item, MAX(id) FROM ledger "
           "WHERE from_owner BETWEEN $1 AND $2 AND item IS NOT NULL GROUP BY from_owner, item",
           {first, last}, of_owner(&OwnerAccount::last_out)));
  THRONG_CHECK(each("SELECT owner, asset, amount FROM balance WHERE owner BETWEEN $1 AND $2", {first, last},
                    of_owner(&OwnerAccount::balances)));
  return each("SELECT owner, uid, asset FROM item WHERE owner BETWEEN $1 AND $2", {first, last},
              of_owner(&OwnerAccount::pieces));
}

Result<void> LedgerVerifier::load_characters(std::int64_t first, std::int64_t last) {
  return each(
      "SELECT character.id, character.sheet, account.id FROM character "
      "LEFT JOIN account ON account.id = character.account WHERE character.id BETWEEN $1 AND $2",
      {first, last}, [this](const Rows& rows, std::size_t row) {
        OwnerAccount& owner = page_[rows.integer(row, 0)];
        owner.sheet = rows.blob(row, 1);
        if (rows.is_null(row, 2)) problem(who(rows.integer(row, 0), owner) + " belongs to no account");
      });
}

void LedgerVerifier::check_account(std::int64_t number, const OwnerAccount& owner) {
  ++report_.owners;
  report_.pieces += static_cast<std::int64_t>(owner.pieces.size());
  if (owner.kind.empty()) return problem(fmt::format("{} has things and does not exist", number));
  check_balances(number, owner);
  check_pieces(number, owner);
  if (owner.sheet) {
    ++report_.characters;
    check_sheet(number, owner);
  } else if (owner.kind == "character") {
    problem(who(number, owner) + " is nowhere among the characters");
  }
}

void LedgerVerifier::check_balances(std::int64_t number, const OwnerAccount& owner) {
  Numbers differences = owner.moved;
  for (const auto& [asset_number, amount] : owner.balances) {
    differences[asset_number] -= amount;
    if (amount < 0) problem(fmt::format("{} has {} {}", who(number, owner), amount, asset(asset_number)));
  }
  for (const auto& [asset_number, difference] : differences) {
    if (difference == 0) continue;
    const auto balance = owner.balances.find(asset_number);
    problem(fmt::format("{}: its balance of {} is {}, its moves add up to {}", who(number, owner), asset(asset_number),
                        balance == owner.balances.end() ? 0 : balance->second,
                        owner.moved.contains(asset_number) ? owner.moved.at(asset_number) : 0));
  }
}

void LedgerVerifier::check_pieces(std::int64_t number, const OwnerAccount& owner) {
  Numbers of_asset;
  for (const auto& [uid, asset_number] : owner.pieces) {
    ++of_asset[asset_number];
    if (!owner.last_in.contains(uid))
      problem(
          fmt::format("{} owns the piece {} of {}, and no move gave it", who(number, owner), uid, asset(asset_number)));
  }
  for (const auto& [uid, came] : owner.last_in) {
    const auto went = owner.last_out.find(uid);
    const bool should = went == owner.last_out.end() || went->second < came;
    if (should == owner.pieces.contains(uid)) continue;
    problem(fmt::format("{} {} the piece {}, which {} it", who(number, owner), should ? "does not own" : "owns", uid,
                        should ? "went to" : "has left"));
  }
  for (const auto& [asset_number, pieces] : of_asset) {
    const auto balance = owner.balances.find(asset_number);
    const std::int64_t amount = balance == owner.balances.end() ? 0 : balance->second;
    if (pieces > amount)
      problem(fmt::format("{} owns {} pieces of {}, its balance is {}", who(number, owner), pieces, asset(asset_number),
                          amount));
  }
}

void LedgerVerifier::check_sheet(std::int64_t number, const OwnerAccount& owner) {
  sim::CharacterSheet sheet;
  if (!owner.sheet->empty()) {
    Result<sim::CharacterSheet> restored = sim::restore_sheet(*owner.sheet);
    if (!restored)
      return problem(fmt::format("{}: its sheet cannot be read: {}", who(number, owner), restored.error().message));
    sheet = *std::move(restored);
  }
  std::map<std::string, std::int64_t> differences;
  if (sheet.coins != 0) differences[std::string(room::kCoinsAsset)] = sheet.coins;
  for (const auto* const stacks : {&sheet.bag, &sheet.equipment}) {
    for (const sim::SavedStack& stack : *stacks) {
      differences[stack.item] += stack.count;
      check_stack(number, owner, stack);
    }
  }
  const std::map<std::string, std::int64_t> with_it = differences;
  for (const auto& [asset_number, amount] : owner.balances) differences[asset(asset_number)] -= amount;
  for (const auto& [name, difference] : differences) {
    if (difference == 0) continue;
    const std::int64_t has = with_it.contains(name) ? with_it.at(name) : 0;
    problem(fmt::format("{} has {} {} with it and owns {}", who(number, owner), has, name, has - difference));
  }
}

void LedgerVerifier::check_stack(std::int64_t number, const OwnerAccount& owner, const sim::SavedStack& stack) {
  if (stack.uid != 0 && !owner.pieces.contains(stack.uid)) {
    problem(fmt::format("{} has the piece {} of {} with it, which is not its own", who(number, owner), stack.uid,
                        stack.item));
  }
  if (stack.count == 0) problem(fmt::format("{} has a stack of no {}", who(number, owner), stack.item));
  if (content_ == nullptr) return;
  const auto item = content_->find_item(stack.item);
  if (!item || stack.count <= content_->item(*item).stack_max) return;
  problem(fmt::format("{} has a stack of {} {}, of which at most {} fit", who(number, owner), stack.count, stack.item,
                      content_->item(*item).stack_max));
}

}  // namespace

Result<LedgerReport> verify_ledger(Connection& connection, const content::GameContent* content) {
  THRONG_CHECK(connection.begin_snapshot());
  Result<LedgerReport> report = LedgerVerifier(connection, content).run();
  connection.rollback();
  return report;
}

}  // namespace throng::services
