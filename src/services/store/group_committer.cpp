#include "services/store/group_committer.h"

#include <algorithm>

#include "base/counters.h"
#include "base/metrics.h"
#include "base/random_id.h"
#include "services/store/failpoint.h"

namespace throng::services {
namespace {

/// So often is a piece tried alone when others come in between; then a job fails, and a cut is left for later.
constexpr int kAloneTries = 8;

std::string_view trouble_word(Trouble trouble) {
  switch (trouble) {
    case Trouble::None: break;
    case Trouble::Away: return "away";
    case Trouble::Busy: return "busy";
    case Trouble::Constraint: return "constraint";
    case Trouble::Full: return "full";
    case Trouble::Corrupt: return "corrupt";
    case Trouble::Mistake: return "mistake";
  }
  return "job";  // the work's own word
}

bool is_environment(Trouble trouble) {
  return trouble == Trouble::Away || trouble == Trouble::Full || trouble == Trouble::Corrupt;
}

}  // namespace

GroupCommitter::GroupCommitter(Connection& connection, const Clock& clock, const std::string& node)
    : connection_(connection),
      cuts_(clock, node),
      clock_(clock),
      writer_("store/" + node + "/" + random_id(kPublicIdLength)) {
  for (const Trouble trouble : {Trouble::None, Trouble::Away, Trouble::Busy, Trouble::Constraint, Trouble::Full,
                                Trouble::Corrupt, Trouble::Mistake})
    static_cast<void>(series(CounterFamily::StoreFailures, {trouble_word(trouble)}));  // shown before the first
}

std::size_t GroupCommitter::commit(std::span<StoreWork> group) {
  std::size_t settled = 0;
  if (unknown_ > 0 && !settle_unknown(group, settled)) return 0;
  Look look = Look::Trusting;
  std::size_t end = group.size();
  while (settled < group.size()) {
    const Attempt went = attempt(group.subspan(settled, end - settled), look);
    if (went.environment) return settled;
    if (went.committed) {
      settled = end;
    } else if (went.in_cuts && look == Look::Trusting) {
      look = Look::Careful;
      continue;
    } else if (went.failed_at == 0 || end - settled == 1) {
      if (!settle_alone(group[settled])) return settled;
      ++settled;
    } else {
      // Those before it are good; when that is not to be told, half of them are tried.
      const std::size_t known = went.failed_at < end - settled ? went.failed_at : (end - settled) / 2;
      end = settled + known;
      continue;
    }
    end = group.size();
    look = Look::Trusting;
  }
  return settled;
}

GroupCommitter::Attempt GroupCommitter::attempt(std::span<StoreWork> works, Look look) {
  THRONG_FAILPOINT("store.before_begin");
  ++number_;
  if (const Result<void> begun = connection_.begin_unsynced(); !begun) return not_begun(begun.error().message);
  THRONG_FAILPOINT("store.after_begin");
  if (const Result<bool> taken = take_number(); !taken) return not_begun(taken.error().message);
  Attempt went = work_through(works, look);
  if (went.failed_at < works.size()) return went;
  const Attempt finished = finish(works);
  if (finished.committed) observe(Histogram::StoreGroupSize, static_cast<std::int64_t>(works.size()));
  return finished;
}

/// @return failed_at == works.size() when nothing failed.
GroupCommitter::Attempt GroupCommitter::work_through(std::span<StoreWork> works, Look look) {
  for (std::size_t i = 0; i < works.size();) {
    if (works[i].job == nullptr) {
      std::size_t end = i + 1;
      while (end < works.size() && works[end].job == nullptr) ++end;
      const Attempt went = apply_cuts(works, i, end, look);
      if (went.failed_at < works.size() || went.environment) return went;
      i = end;
      continue;
    }
    works[i].result = works[i].job(connection_);
    if (!works[i].result) return stopped(i, false, works[i].result.error().message);
    THRONG_FAILPOINT("store.after_job");
    ++i;
  }
  return {.failed_at = works.size()};
}

GroupCommitter::Attempt GroupCommitter::apply_cuts(std::span<StoreWork> works, std::size_t begin, std::size_t end,
                                                   Look look) {
  if (look == Look::Trusting) {
    run_.clear();
    for (std::size_t i = begin; i < end; ++i) {
      run_.push_back(&*works[i].cut);
      works[i].outcome = {works[i].cut->room_id, works[i].cut->number, {}, {}};
    }
    const Result<void> applied = cuts_.apply_all(connection_, run_);
    if (!applied) return stopped(begin, true, applied.error().message);
    return {.failed_at = works.size()};
  }
  for (std::size_t i = begin; i < end; ++i) {
    Result<room::CutOutcome> outcome = cuts_.apply_one(connection_, *works[i].cut);
    if (!outcome) return stopped(i, true, outcome.error().message);
    works[i].outcome = *std::move(outcome);
  }
  return {.failed_at = works.size()};
}

GroupCommitter::Attempt GroupCommitter::finish(std::span<StoreWork> works) {
  THRONG_FAILPOINT("store.before_commit");
  if (const Result<void> committed = connection_.commit(); !committed) {
    if (connection_.trouble() == Trouble::Away) unknown_ = works.size();
    return stopped(works.size(), false, committed.error().message);
  }
  THRONG_FAILPOINT("store.after_commit");
  cuts_.committed();
  count(Counter::StoreGroups);
  return {.committed = true};
}

/// Rolls back and says how it went, by what the connection says.
GroupCommitter::Attempt GroupCommitter::stopped(std::size_t at, bool in_cuts, const std::string& why) {
  trouble_ = connection_.trouble();
  problem_ = why;
  roll_back();
  count(Counter::StoreRetries);
  count(series(CounterFamily::StoreFailures, {trouble_word(trouble_)}));
  return {.environment = is_environment(trouble_), .failed_at = at, .in_cuts = in_cuts};
}

/// Another program in the way counts as the environment: no piece of work is at fault.
GroupCommitter::Attempt GroupCommitter::not_begun(const std::string& why) {
  Attempt went = stopped(0, false, why);
  went.environment = true;
  return went;
}

void GroupCommitter::roll_back() {
  connection_.rollback();
  cuts_.rolled_back();
}

/// @return false when the environment is in the way.
bool GroupCommitter::settle_alone(StoreWork& work) {
  for (int tries = 0; tries < kAloneTries; ++tries) {
    const Attempt went = attempt({&work, 1}, Look::Careful);
    if (went.committed) return true;
    if (went.environment) return false;
    if (trouble_ != Trouble::Busy) break;
  }
  if (work.job == nullptr && trouble_ == Trouble::Busy) return false;
  if (work.job != nullptr) {
    if (work.result) work.result = fail(problem_);  // what it did looked good to it, and the commit said no
  } else {
    work.outcome = cuts_.refused(*work.cut, problem_);
  }
  return true;
}

Result<bool> GroupCommitter::take_number() {
  if (connection_.engine() == Engine::Sqlite) return true;
  static constexpr std::string_view kTake =
      "INSERT INTO room_cut (room, number, at) VALUES ($1, $2, $3) "
      "ON CONFLICT (room) DO UPDATE SET number = excluded.number, at = excluded.at "
      "WHERE room_cut.number < excluded.number";
  THRONG_TRY(const Rows taken, connection_.run(kTake, {writer_, number_, clock_.unix_milliseconds()}));
  return taken.changed() > 0;
}

/// Asks what became of the transaction without an answer: the works that were in it are settled, or go with the others.
bool GroupCommitter::settle_unknown(std::span<StoreWork> group, std::size_t& settled) {
  const auto ask = [this]() -> Result<bool> {
    THRONG_CHECK(connection_.begin());
    return take_number();  // waits until the old transaction has ended, should the server still be at it
  };
  const Result<bool> free = ask();
  if (!free) {
    static_cast<void>(stopped(0, false, free.error().message));
    return false;
  }
  roll_back();
  if (!*free) settled = std::min(unknown_, group.size());
  unknown_ = 0;
  return true;
}

}  // namespace throng::services
