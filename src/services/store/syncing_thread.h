#pragma once
// The thread that makes commits durable and then tells whoever waits for them, while the next group is being worked on.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "services/database/connection.h"
#include "services/store/back_off.h"
#include "services/store/group_committer.h"
#include "services/store/store_spans.h"
#include "services/store/work_queue.h"

namespace throng::services {

/// Counts it, and calls back whoever asked for it.
void acknowledge(StoreWork& work);

/// Works whose results may be told once what is committed by now is durable.
struct DoneWorks {
  std::vector<StoreWork> works;
  GroupSpan span;  ///< of a group; ends when they are durable
  std::string problem;  ///< in the way of the rest of the group; empty: nothing
  MonotonicTime began{};  ///< when they were taken up
  WorkQueue* queue = nullptr;  ///< from which they were taken; there until they are told
  bool is_read = false;
};

/// Nothing is told before it is durable: what was written, and what was read, for a read sees commits that are not yet.
class SyncingThread {
 public:
  /// @param connection  of the writer. It may not reconnect but when all is durable (`wait_durable`)
  explicit SyncingThread(Connection& connection);
  /// After `hurry`, and when nobody hands over any more.
  ~SyncingThread();
  /// The end is near: from now on what cannot be made durable at the first try is told to have failed; cuts are told nothing.
  void hurry();

  /// From now on something may be committed and not durable; `group_ends` follows. The writer's thread.
  void group_begins() { ++groups_; }
  /// What became of the group, maybe nothing. Waits while kGroupsAhead are not durable.
  void group_ends(DoneWorks done);
  /// A read is done. Told at once when all is durable; else waits while kReadsMax do, and is told then. The reader's thread.
  void read_done(DoneWorks done);

  /// Returns when every read that was handed over is told. Whoever handed them over may then take its queue away.
  void wait_reads_told();
  /// @return whether everything that was handed over is durable within the time
  bool wait_durable(std::chrono::milliseconds timeout);
  /// Why nothing is durable at the moment; empty when all goes well. Any thread.
  std::string problem() const;

 private:
  static constexpr int kGroupsAhead = 2;
  static constexpr std::size_t kReadsMax = 1'024;

  void run();
  bool sync_patiently();
  void settle(DoneWorks& done);
  static void give_up(DoneWorks& done);

  Connection& connection_;
  std::atomic<int> groups_{0};  ///< begun, and not durable

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<DoneWorks> groups_done_;
  std::vector<DoneWorks> reads_done_;
  bool syncing_ = false;
  bool in_a_hurry_ = false;
  bool closed_ = false;
  std::string problem_;
  BackOff back_off_;  ///< of the thread
  std::thread thread_;
};

}  // namespace throng::services
