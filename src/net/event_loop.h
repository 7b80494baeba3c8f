#pragma once
// One epoll loop per worker thread: file descriptors, timers, and a mailbox for other threads.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/mailbox.h"
#include "base/task.h"
#include "net/timer_queue.h"

struct epoll_event;

namespace throng::net {

/// Told when a descriptor that it watches is ready. Must outlive its watches or call `EventLoop::forget`.
class FdHandler {
 public:
  virtual ~FdHandler() = default;
  /// @param token   what was given to `watch`; may be stale when the descriptor was closed in this same turn,
  ///                so it should carry a generation
  /// @param events  EPOLL* bits
  virtual void on_ready(std::uint64_t token, std::uint32_t events) = 0;
};

/// Tokens have 56 bits.
inline constexpr std::uint64_t kTokenMax = (std::uint64_t{1} << 56) - 1;

/// Handlers that one loop can know; handlers are per component, not per connection.
inline constexpr std::size_t kFdHandlersMax = 250;

/// Up to this many hot descriptors are served as soon as they are ready; above, in batches.
inline constexpr std::size_t kHotImmediateMax = 64;
/// At most this often are hot descriptors polled in batches (besides `poll_hot`).
inline constexpr Nanoseconds kHotBatchInterval = std::chrono::milliseconds(4);

/// All calls on the loop's own thread, except `post` and `stop`.
class EventLoop {
 public:
  /// @param mailbox_capacity  tasks from other threads that may wait at once; more are refused
  explicit EventLoop(std::size_t mailbox_capacity, const Clock& clock = system_clock());
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// Turns until `stop`. Tasks posted before `stop` still run. The calling thread becomes the loop's own.
  void run();
  /// Any thread. A loop that is stopped can run again.
  void stop();
  /// One turn; waits at most `wait_max` when there is nothing to do.
  void run_once(Nanoseconds wait_max);

  /// Any thread. Runs `task` on the loop's thread, in the order of posting. False (counted as MailboxFull) when
  /// the mailbox is full.
  bool post(Task task);

  TimerId call_at(MonotonicTime when, Task task);
  TimerId call_after(Nanoseconds delay, Task task) { return call_at(now_ + delay, std::move(task)); }
  void cancel(TimerId id);

  /// Time at the start of this turn, or of the last `refresh_now`.
  MonotonicTime now() const { return now_; }
  MonotonicTime refresh_now();

  /// Level-triggered unless `epoll_events` says otherwise. False when the system refuses (limits).
  bool watch(int fd, std::uint32_t epoll_events, FdHandler* handler, std::uint64_t token);
  void change(int fd, std::uint32_t epoll_events, FdHandler* handler, std::uint64_t token);
  void unwatch(int fd);

  /// The same for descriptors with many small messages. With few of them they are served on readiness; with more,
  /// together, at most once per kHotBatchInterval and at `poll_hot`.
  bool watch_hot(int fd, std::uint32_t epoll_events, FdHandler* handler, std::uint64_t token);
  void change_hot(int fd, std::uint32_t epoll_events, FdHandler* handler, std::uint64_t token);
  void unwatch_hot(int fd);
  std::size_t hot_count() const { return hot_count_; }

  /// Serves every hot descriptor that is ready, now. A room calls it right before its tick. From inside a hot
  /// descriptor's own handler it does nothing.
  void poll_hot();

  /// No further calls to this handler.
  void forget(FdHandler* handler);

 private:
  enum class HotMode : std::uint8_t { Immediate, Armed, Resting };

  std::uint64_t event_data(FdHandler* handler, std::uint64_t token);
  bool control(int epoll_fd, int operation, int fd, std::uint32_t events, std::uint64_t data);
  Nanoseconds time_to_sleep(Nanoseconds wait_max) const;
  void run_timers();
  void dispatch(const epoll_event& event);
  void run_mailbox();
  std::size_t drain_hot();
  void serve_hot();
  void rest_hot();
  void arm_hot();
  void adapt_hot_mode();

  const Clock& clock_;
  MonotonicTime now_;
  int epoll_fd_ = -1;
  int hot_epoll_fd_ = -1;
  int wake_fd_ = -1;
  bool precise_wait_ = true;  ///< epoll_pwait2 works here
  bool draining_hot_ = false;
  HotMode hot_mode_ = HotMode::Immediate;
  MonotonicTime hot_due_{};  ///< valid while Resting
  std::size_t hot_count_ = 0;
  std::atomic<bool> stopping_{false};
  std::vector<FdHandler*> handlers_;  ///< at most kFdHandlersMax; forgotten ones are null
  TimerQueue timers_;
  Mailbox<Task> mailbox_;
  std::vector<Task> incoming_;  ///< scratch of run_mailbox; at most the mailbox's capacity
};

}  // namespace throng::net
