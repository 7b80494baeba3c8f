#include "services/store/store_threads.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/counters.h"
#include "base/log.h"
#include "base/thread_name.h"
#include "services/store/index_moves.h"
#include "services/store/store_spans.h"
#include "services/store/tidying.h"

namespace throng::services {
namespace {

constexpr std::size_t kGroupMax = 4'096;
constexpr std::chrono::seconds kSlowAfter{1};
constexpr std::chrono::hours kTidyEvery{1};
/// Whoever reads has somebody waiting, who would rather be told.
constexpr std::chrono::seconds kReadPatience{10};
constexpr int kReadTries = 3;
/// So long is waited for a sync that is under way before a connection is made anew.
constexpr std::chrono::seconds kSyncPatience{1};

StoreState state_of(Trouble trouble) {
  return trouble == Trouble::Full || trouble == Trouble::Corrupt ? StoreState::Full : StoreState::Away;
}

}  // namespace

WritingThread::WritingThread(std::unique_ptr<Connection> connection, const StoreSettings& settings)
    : connection_(std::move(connection)),
      window_(settings.group_window),
      queue_(system_clock(), settings.jobs_max, settings.cuts_max),
      syncing_(*connection_),
      committer_(*connection_, system_clock(), settings.node_id),
      tidied_(system_clock().now()),
      thread_([this] { run(); }) {}

WritingThread::~WritingThread() {
  queue_.close();
  syncing_.hurry();
  thread_.join();
}

void WritingThread::run() {
  name_this_thread("store writer");
  for (;;) {
    queue_.take(group_, kGroupMax, window_);
    if (group_.empty()) break;  // closed
    const std::size_t settled = commit_group();
    if (group_.empty()) {
      note(StoreState::Up, "");
      back_off_.reset();
      index_now_and_then();
      tidy_now_and_then();
      continue;
    }
    note(state_of(committer_.trouble()), committer_.problem());
    if (queue_.closed()) break;
    if (committer_.trouble() != Trouble::Busy && settled > 0) back_off_.reset();
    queue_.pause(back_off_.next());
    mend_connection();
  }
  if (!group_.empty()) give_up();
}

/// The queue is closed and its last try has failed: what was not taken yet has no other end than what was.
void WritingThread::give_up() {
  for (std::size_t had = 0; had < group_.size();) {
    had = group_.size();
    queue_.take(group_, had + kGroupMax, std::chrono::milliseconds(0));
  }
  log_error("store: pieces of work were not kept", {{"count", group_.size()}, {"reason", committer_.problem()}});
  for (StoreWork& work : group_) {
    if (work.job != nullptr && work.done) work.done(fail("store_busy"));
  }
  queue_.settled(group_.size());
}

/// @return how many are out of the group: they are told when they are durable.
std::size_t WritingThread::commit_group() {
  syncing_.group_begins();
  DoneWorks done;
  done.span = GroupSpan(group_, connection_->engine());
  done.began = system_clock().now();
  done.queue = &queue_;
  const std::size_t settled = committer_.commit(group_);
  if (settled < group_.size()) done.problem = committer_.problem();
  const auto end = group_.begin() + static_cast<std::ptrdiff_t>(settled);
  done.works.assign(std::make_move_iterator(group_.begin()), std::make_move_iterator(end));
  group_.erase(group_.begin(), end);
  for (const StoreWork& work : done.works) {
    if (work.cut) moves_to_index_ += work.cut->moves.size();
  }
  syncing_.group_ends(std::move(done));
  return settled;
}

void WritingThread::note(StoreState state, const std::string& problem) {
  const std::lock_guard lock(state_mutex_);
  if (state != state_ && state == StoreState::Up) log_info("store: everything is written again");
  if (state != StoreState::Up) log_warning_limited("store.trouble", "store: nothing is written", {{"reason", problem}});
  state_ = state;
  problem_ = problem;
}

void WritingThread::mend_connection() {
  if (committer_.trouble() == Trouble::Busy || !syncing_.wait_durable(kSyncPatience)) return;
  if (const Result<void> connected = connection_->reconnect(); !connected)
    return note(state_of(connection_->trouble()), connected.error().message);
  count(Counter::StoreReconnects);
}

void WritingThread::index_now_and_then() {
  if (moves_to_index_ < static_cast<std::size_t>(kMovesIndexedAtOnce)) return;
  moves_to_index_ = 0;
  if (const Result<std::int64_t> indexed = index_moves(*connection_, system_clock().unix_milliseconds()); !indexed)
    log_warning_limited("store.index", "store: the ledger's index was not brought on: " + indexed.error().message);
}

void WritingThread::tidy_now_and_then() {
  const MonotonicTime now = system_clock().now();
  if (now - tidied_ < kTidyEvery) return;
  tidied_ = now;
  if (const Result<void> tidied = tidy_database(*connection_, system_clock().unix_milliseconds()); !tidied)
    log_warning("store: old rows were not removed", {{"reason", tidied.error().message}});
}

StoreHealth WritingThread::health() const {
  StoreHealth health;
  const WorkQueue::Load load = queue_.load();
  health.waiting = load.waiting;
  health.oldest = load.oldest;
  const std::lock_guard lock(state_mutex_);
  health.state = state_;
  health.problem = problem_;
  if (const std::string problem = syncing_.problem(); state_ == StoreState::Up && !problem.empty()) {
    health.state = StoreState::Full;
    health.problem = problem;
  }
  if (health.state == StoreState::Up && load.oldest > kSlowAfter) {
    health.state = StoreState::Slow;
    health.problem =
        fmt::format("the oldest of {} pieces of work has waited for {} ms", load.waiting, load.oldest.count());
  }
  return health;
}

ReadingThread::ReadingThread(std::unique_ptr<Connection> connection, SyncingThread& syncing,
                             const StoreSettings& settings)
    : connection_(std::move(connection)),
      syncing_(syncing),
      queue_(system_clock(), settings.jobs_max, 0),
      thread_([this] { run(); }) {}

ReadingThread::~ReadingThread() {
  queue_.close();
  syncing_.hurry();
  thread_.join();
  syncing_.wait_reads_told();
}

void ReadingThread::run() {
  name_this_thread("store reader");
  std::vector<StoreWork> taken;
  for (;;) {
    queue_.take(taken, 1, std::chrono::milliseconds(0));
    if (taken.empty()) return;  // closed
    taken[0].result = do_job(taken[0]);
    tell_work_span(taken[0], connection_->engine(), "read", {});
    DoneWorks done;
    done.queue = &queue_;
    done.works.swap(taken);
    syncing_.read_done(std::move(done));
  }
}

Result<void> ReadingThread::do_job(StoreWork& work) {
  for (int tries = 1;; ++tries) {
    const Result<void> begun = connection_->begin_snapshot();
    if (begun) work.result = work.job(*connection_);
    const Trouble trouble = begun && work.result ? Trouble::None : connection_->trouble();
    connection_->rollback();
    if (begun && (work.result || trouble == Trouble::None)) {
      back_off_.reset();
      return work.result;
    }
    if (trouble == Trouble::Busy && tries < kReadTries) continue;
    if (trouble != Trouble::Away) return begun ? work.result : Result<void>(fail(begun.error()));
    if (queue_.closed() || system_clock().now() - work.taken > kReadPatience) return fail("store_busy");
    queue_.pause(back_off_.next());
    if (connection_->reconnect()) count(Counter::StoreReconnects);
  }
}

}  // namespace throng::services
