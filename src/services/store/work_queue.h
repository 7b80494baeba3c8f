#pragma once
// Work that waits for a thread of the store: bounded, in order, and known to be done or not.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

#include "base/clock.h"
#include "services/store/group_committer.h"
#include "services/store/store.h"

namespace throng::services {

/// Any thread puts in; one thread takes out.
class WorkQueue {
 public:
  WorkQueue(const Clock& clock, std::size_t jobs_max, std::size_t cuts_max)
      : clock_(clock), jobs_max_(jobs_max), cuts_max_(cuts_max) {}

  /// False: full, or closed; `work` is as it was.
  bool put(StoreWork& work);

  /// Waits until there is something and nobody else is to be expected within `window`, or the queue is closed; then moves up
  /// to `max` pieces, and cuts with about kGroupMovesMax moves, behind those in `group`. With something in `group` already it
  /// waits for nothing.
  void take(std::vector<StoreWork>& group, std::size_t max, std::chrono::milliseconds window);
  /// Waits, unless the queue is closed meanwhile. For a back-off.
  void pause(std::chrono::milliseconds time);

  /// So many from those that were taken are dealt with.
  void settled(std::size_t works);
  /// Wakes everybody; nothing more is taken in. What waits may still be taken out.
  void close();
  bool closed() const;

  /// Until everything put in so far is dealt with.
  bool wait_settled(std::chrono::milliseconds timeout);

  struct Load {
    std::size_t waiting = 0;  ///< put in and not dealt with
    std::chrono::milliseconds oldest{0};
  };
  Load load() const;

 private:
  /// What comes behind them is worked on while they become durable.
  static constexpr std::size_t kGroupMovesMax = 800;

  bool enough(std::size_t max) const { return waiting_.size() >= max || moves_ >= kGroupMovesMax; }
  void move_oldest_to(std::vector<StoreWork>& group);
  void wait_for_company(std::unique_lock<std::mutex>& lock, std::size_t max, std::chrono::milliseconds window);

  const Clock& clock_;
  const std::size_t jobs_max_;
  const std::size_t cuts_max_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::condition_variable dealt_with_;
  std::deque<StoreWork> waiting_;
  std::size_t jobs_ = 0;  ///< put in and not taken out
  std::size_t cuts_ = 0;
  std::size_t moves_ = 0;  ///< in them
  std::uint64_t put_ = 0;
  std::uint64_t settled_ = 0;
  std::size_t wake_at_ = 1;  ///< so many pieces are enough company
  int in_a_hurry_ = 0;  ///< callers of wait_settled
  /// Taken out together and not all dealt with, oldest first. Bound: whoever takes holds a few groups at a time.
  struct Held {
    MonotonicTime since;
    std::size_t works;
  };
  std::deque<Held> held_;
  bool closed_ = false;
};

}  // namespace throng::services
