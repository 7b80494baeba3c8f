#include "services/store/commit_cuts.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/counters.h"
#include "base/log.h"
#include "services/mail/acquaintances.h"
#include "services/mail/mailbox.h"
#include "services/store/failpoint.h"
#include "services/store/keep_checkpoint.h"

namespace throng::services {
namespace {

constexpr std::string_view kTakeCutNumber =
    "INSERT INTO room_cut (room, number, at) VALUES ($1, $2, $3) "
    "ON CONFLICT (room) DO UPDATE SET number = excluded.number, at = excluded.at "
    "WHERE room_cut.number < excluded.number";
constexpr std::string_view kSaveCharacter =
    "UPDATE character SET sheet = $1, level = $2, map = $3, saved_at = $4 WHERE id = $5 AND fence = $6";
constexpr std::string_view kSaveAndReleaseCharacter =
    "UPDATE character SET sheet = $1, level = $2, map = $3, saved_at = $4, node = NULL, leased_until = 0 "
    "WHERE id = $5 AND fence = $6";

SqlStatement save_statement(const room::CharacterSave& save, std::int64_t now) {
  return {save.release ? kSaveAndReleaseCharacter : kSaveCharacter,
          {save.sheet, std::int64_t{save.level}, save.map, now, save.lease.character.value, save.lease.fence},
          1};
}

/// The place over which two people exchange something without meeting.
struct OverTheGround {
  std::string_view asset;
  friend bool operator==(const OverTheGround&, const OverTheGround&) = default;
};

}  // namespace

room::CutOutcome CutCommitter::refused(const room::Cut& cut, const std::string& why) {
  count(Counter::StoreCutsRefused);
  log_error("store: a cut contradicts what is kept, and is refused",
            {{"cut", cut.number}, {"room", cut.room_id}, {"tick", cut.tick}, {"reason", why}});
  return {cut.room_id, cut.number, {}, why};
}

void draw_in_partners(const room::Cut& cut, std::unordered_set<std::int64_t>& left_out) {
  if (left_out.empty()) return;
  const OwnerId ground = owner_of(room::LedgerSource::Ground);
  std::vector<OverTheGround> tainted;
  const auto is_tainted = [&](const room::LedgerMove& move) {
    return std::find(tainted.begin(), tainted.end(), OverTheGround{move.asset.view()}) != tainted.end();
  };
  for (bool grew = true; grew;) {
    grew = false;
    for (const room::LedgerMove& move : cut.moves) {
      const bool from_out = move.from == ground ? is_tainted(move) : left_out.contains(move.from.value);
      const bool to_out = left_out.contains(move.to.value);
      if (from_out && !to_out && move.to.value >= kOwnersBegin) grew = left_out.insert(move.to.value).second || grew;
      if (to_out && !from_out && move.from.value >= kOwnersBegin)
        grew = left_out.insert(move.from.value).second || grew;
      if (from_out && move.to == ground && !is_tainted(move)) {
        tainted.push_back({move.asset.view()});
        grew = true;
      }
    }
  }
}

Result<void> CutCommitter::apply_all(Connection& connection, std::span<const room::Cut* const> cuts) {
  batch_.clear();
  numbers_.clear();
  saves_.clear();
  mails_.clear();
  for (const room::Cut* const cut : cuts) THRONG_CHECK(collect(connection, *cut, {}));
  return run_collected(connection);
}

Result<room::CutOutcome> CutCommitter::apply_one(Connection& connection, const room::Cut& cut) {
  batch_.clear();
  numbers_.clear();
  saves_.clear();
  mails_.clear();
  THRONG_TRY(const bool repeated, is_repeated(connection, cut));
  if (repeated) {
    count(Counter::StoreCutsRepeated);
    return room::CutOutcome{cut.room_id, cut.number, {}, {}};
  }
  THRONG_TRY(CharacterSet left_out, lost_leases(connection, cut));
  draw_in_partners(cut, left_out);
  const auto is_connections = [&](const Result<void>& result) {
    return !result && connection.trouble() != Trouble::None;
  };
  Result<void> possible = collect(connection, cut, left_out);
  if (possible) possible = batch_.check(connection);
  if (is_connections(possible)) return fail(possible.error());
  if (!possible) return refused(cut, possible.error().message);
  THRONG_CHECK(run_collected(connection));
  room::CutOutcome outcome{cut.room_id, cut.number, {}, {}};
  for (const std::int64_t character : left_out) outcome.fenced_off.push_back({character});
  std::sort(outcome.fenced_off.begin(), outcome.fenced_off.end());
  return outcome;
}

Result<bool> CutCommitter::is_repeated(Connection& connection, const room::Cut& cut) const {
  THRONG_TRY(const Rows last, connection.run("SELECT number FROM room_cut WHERE room = $1", {cut.room_id}));
  return !last.empty() && last.integer(0, 0) >= cut.number;
}

Result<CutCommitter::CharacterSet> CutCommitter::lost_leases(Connection& connection, const room::Cut& cut) const {
  CharacterSet lost;
  for (const room::CharacterSave& save : cut.saves) {
    if (!save.lease.held()) continue;
    THRONG_TRY(const Rows found,
               connection.run("SELECT fence FROM character WHERE id = $1", {save.lease.character.value}));
    if (found.empty() || found.integer(0, 0) != save.lease.fence) lost.insert(save.lease.character.value);
  }
  return lost;
}

Result<void> CutCommitter::collect(Connection& connection, const room::Cut& cut, const CharacterSet& left_out) {
  numbers_.push_back(&cut);
  for (const room::CharacterSave& save : cut.saves) {
    if (save.lease.held() && !left_out.contains(save.lease.character.value)) saves_.push_back(&save);
  }
  append_mails(cut, left_out, clock_.unix_milliseconds(), mails_);
  const MoveOrigin origin{cut.room_id, cut.tick, clock_.unix_milliseconds()};
  for (const room::LedgerMove& move : cut.moves) {
    if (left_out.contains(move.from.value) || left_out.contains(move.to.value)) continue;
    THRONG_TRY(const std::int64_t asset, assets_.id_of(connection, move.asset.view()));
    THRONG_CHECK(batch_.add(move, origin, asset));
  }
  return {};
}

Result<void> CutCommitter::run_collected(Connection& connection) {
  const std::int64_t now = clock_.unix_milliseconds();
  statements_.clear();
  // Always in the same order of tables and rows, so that two servers never wait for each other in a ring.
  std::stable_sort(numbers_.begin(), numbers_.end(),
                   [](const auto* a, const auto* b) { return a->room_id < b->room_id; });
  for (const room::Cut* const cut : numbers_)
    statements_.push_back({kTakeCutNumber, {cut->room_id, cut->number, now}, 1});
  std::stable_sort(saves_.begin(), saves_.end(),
                   [](const auto* a, const auto* b) { return a->lease.character < b->lease.character; });
  for (const room::CharacterSave* const save : saves_) statements_.push_back(save_statement(*save, now));
  for (const room::CharacterSave* const save : saves_) {
    if (save->acquaintances) append_acquaintances(save->lease.character, *save->acquaintances, statements_);
  }
  statements_.insert(statements_.end(), mails_.begin(), mails_.end());
  worlds_kept_.assign(numbers_.size(), 1);
  for (std::size_t i = 0; i < numbers_.size(); ++i)
    append_checkpoint(*numbers_[i], node_, now, worlds_kept_[i], statements_);
  THRONG_CHECK(batch_.append_statements(statements_));
  THRONG_CHECK(run_statements(connection));
  pass_failpoint("store.trade_before_commit", room::LedgerSource::Trade);
  pass_failpoint("store.mail_before_commit", room::LedgerSource::Mail);
  tell_worlds_not_kept();
  return {};
}

void CutCommitter::committed() {
  pass_failpoint("store.trade_after_commit", room::LedgerSource::Trade);
  pass_failpoint("store.mail_after_commit", room::LedgerSource::Mail);
  assets_.committed();
}

/// One of a group in which something moves for this reason.
void CutCommitter::pass_failpoint(std::string_view name, room::LedgerSource reason) const {
  if (!failpoint_armed(name)) return;
  const auto moves_so = [reason](const room::LedgerMove& move) { return move.reason == reason; };
  const bool passes = std::any_of(numbers_.begin(), numbers_.end(), [&](const room::Cut* cut) {
    return std::any_of(cut->moves.begin(), cut->moves.end(), moves_so);
  });
  if (passes) THRONG_FAILPOINT(name);
}

Result<void> CutCommitter::run_statements(Connection& connection) {
  if (!failpoint_armed("store.after_write")) return connection.run_all(statements_);
  for (const SqlStatement& statement : statements_) {
    THRONG_CHECK(connection.run_all({&statement, 1}));
    THRONG_FAILPOINT("store.after_write");
  }
  return {};
}

/// What its characters own is kept all the same: the right to a character is another one.
void CutCommitter::tell_worlds_not_kept() const {
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    if (worlds_kept_[i] > 0) continue;
    log_warning_limited("store.world_fenced",
                        fmt::format("store: the world of the room {} was not kept: another server has taken up {}, or "
                                    "the database was restored from a backup",
                                    numbers_[i]->room_id, numbers_[i]->checkpoint->key));
  }
}

}  // namespace throng::services
