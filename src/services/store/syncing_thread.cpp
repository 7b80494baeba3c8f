#include "services/store/syncing_thread.h"

#include <utility>

#include "base/counters.h"
#include "base/log.h"
#include "base/metrics.h"
#include "base/thread_name.h"
#include "services/store/failpoint.h"

namespace throng::services {
namespace {

void count_settled(const StoreWork& work) {
  if (work.job != nullptr) return count(Counter::StoreJobs);
  if (!work.outcome.refused.empty()) return;
  count(Counter::StoreCuts);
  count(Counter::StoreMoves, work.cut->moves.size());
  count(Counter::StoreSaves, work.cut->saves.size());
  if (work.outcome.fenced_off.empty()) return;
  count(Counter::StoreFencedOff, work.outcome.fenced_off.size());
  log_warning_limited("store.fenced", "store: a room has lost the lease of characters",
                      {{"room", work.outcome.room_id}, {"characters", work.outcome.fenced_off.size()}});
}

}  // namespace

void acknowledge(StoreWork& work) {
  const ContextScope scope(work.trace);
  if (work.job == nullptr) {
    if (work.cut_done) work.cut_done(std::move(work.outcome));
  } else if (work.done) {
    work.done(std::move(work.result));
  }
}

SyncingThread::SyncingThread(Connection& connection) : connection_(connection), thread_([this] { run(); }) {}

SyncingThread::~SyncingThread() {
  {
    const std::lock_guard lock(mutex_);
    in_a_hurry_ = closed_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void SyncingThread::hurry() {
  {
    const std::lock_guard lock(mutex_);
    in_a_hurry_ = true;
  }
  changed_.notify_all();
}

void SyncingThread::group_ends(DoneWorks done) {
  if (done.works.empty()) {
    done.span.settled({}, done.problem);
    --groups_;
    return;
  }
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return groups_done_.size() < kGroupsAhead; });
  groups_done_.push_back(std::move(done));
  changed_.notify_all();
}

void SyncingThread::read_done(DoneWorks done) {
  done.is_read = true;
  // Whatever the read saw was committed by a group that had begun before, and is counted until it is durable.
  if (groups_ == 0) return settle(done);
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return reads_done_.size() < kReadsMax; });
  reads_done_.push_back(std::move(done));
  changed_.notify_all();
}

void SyncingThread::wait_reads_told() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !syncing_ && reads_done_.empty(); });
}

bool SyncingThread::wait_durable(std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, timeout, [this] { return !syncing_ && groups_done_.empty() && reads_done_.empty(); });
}

std::string SyncingThread::problem() const {
  const std::lock_guard lock(mutex_);
  return problem_;
}

void SyncingThread::run() {
  name_this_thread("store sync");
  std::vector<DoneWorks> groups;
  std::vector<DoneWorks> reads;
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return closed_ || !groups_done_.empty() || !reads_done_.empty(); });
    if (groups_done_.empty() && reads_done_.empty()) return;
    syncing_ = true;
    groups.swap(groups_done_);
    reads.swap(reads_done_);
    changed_.notify_all();
    lock.unlock();
    const bool durable = sync_patiently();
    if (durable) groups_ -= static_cast<int>(groups.size());
    for (std::vector<DoneWorks>* const some : {&groups, &reads}) {
      for (DoneWorks& done : *some) durable ? settle(done) : give_up(done);
      some->clear();
    }
    lock.lock();
    syncing_ = false;
    changed_.notify_all();
  }
}

/// @return false when it failed and there is no time left.
bool SyncingThread::sync_patiently() {
  for (;;) {
    const MonotonicTime began = system_clock().now();
    const Result<void> synced = connection_.sync();
    if (synced) observe(Histogram::StoreSync, (system_clock().now() - began).count());
    std::unique_lock lock(mutex_);
    problem_ = synced ? "" : synced.error().message;
    if (synced) {
      back_off_.reset();
      return true;
    }
    log_warning_limited("store.sync", "store: nothing is made durable", {{"reason", problem_}});
    if (in_a_hurry_) return false;
    changed_.wait_for(lock, back_off_.next(), [this] { return in_a_hurry_; });
  }
}

void SyncingThread::settle(DoneWorks& done) {
  done.span.settled(done.works, done.problem);
  if (!done.is_read) observe(Histogram::StoreCommit, (system_clock().now() - done.began).count());
  for (StoreWork& work : done.works) {
    if (done.is_read) {
      count(Counter::StoreReads);
    } else {
      count_settled(work);
    }
    acknowledge(work);
    if (!done.is_read) THRONG_FAILPOINT("store.in_acknowledging");
  }
  if (!done.is_read) THRONG_FAILPOINT("store.after_acknowledging");
  done.queue->settled(done.works.size());
}

void SyncingThread::give_up(DoneWorks& done) {
  log_error("store: pieces of work were not made durable", {{"count", done.works.size()}});
  for (StoreWork& work : done.works) {
    if (work.job != nullptr && work.done) work.done(fail("store_busy"));
  }
  done.queue->settled(done.works.size());
}

}  // namespace throng::services
