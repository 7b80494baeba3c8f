#pragma once
// The thread of a store that writes, and the one that reads. What they have done is told by a third (syncing_thread.h).

#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "services/database/connection.h"
#include "services/store/back_off.h"
#include "services/store/group_committer.h"
#include "services/store/syncing_thread.h"
#include "services/store/work_queue.h"

namespace throng::services {

/// Owns the connection that writes. Commits groups until it is destroyed; then what waits is tried once more.
class WritingThread {
 public:
  WritingThread(std::unique_ptr<Connection> connection, const StoreSettings& settings);
  ~WritingThread();

  WorkQueue& queue() { return queue_; }
  SyncingThread& syncing() { return syncing_; }
  StoreHealth health() const;

 private:
  void run();
  void give_up();
  std::size_t commit_group();
  void note(StoreState state, const std::string& problem);
  void mend_connection();
  void tidy_now_and_then();
  void index_now_and_then();

  const std::unique_ptr<Connection> connection_;
  const std::chrono::milliseconds window_;
  WorkQueue queue_;
  SyncingThread syncing_;
  GroupCommitter committer_;
  BackOff back_off_;
  MonotonicTime tidied_{};
  std::size_t moves_to_index_ = 0;  ///< in cuts, since the index of the ledger was brought on
  std::vector<StoreWork> group_;  ///< taken and not settled

  mutable std::mutex state_mutex_;
  StoreState state_ = StoreState::Up;
  std::string problem_;
  std::thread thread_;
};

/// Owns the connection that reads.
class ReadingThread {
 public:
  /// @param syncing  of the thread that writes; outlives this one
  ReadingThread(std::unique_ptr<Connection> connection, SyncingThread& syncing, const StoreSettings& settings);
  ~ReadingThread();

  WorkQueue& queue() { return queue_; }

 private:
  void run();
  Result<void> do_job(StoreWork& work);

  const std::unique_ptr<Connection> connection_;
  SyncingThread& syncing_;
  WorkQueue queue_;
  BackOff back_off_;
  std::thread thread_;
};

}  // namespace throng::services
