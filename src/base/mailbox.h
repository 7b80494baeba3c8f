#pragma once
// How threads meet: a bounded queue of values with one reader. Order holds across all senders, which the
// hand-over of seats and sockets relies on (a seat is posted before the socket that will use it).

#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

namespace throng {

/// Many writers, one reader. When `capacity` values wait, `post` refuses and the caller decides.
template <typename T>
class Mailbox {
 public:
  enum class Posted { Queued, QueuedFirst, Full };

  explicit Mailbox(std::size_t capacity) : capacity_(capacity) {}

  /// Any thread. `QueuedFirst` means that the reader may be asleep and must be woken.
  Posted post(T value) {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= capacity_) return Posted::Full;
    waiting_.push_back(std::move(value));
    return waiting_.size() == 1 ? Posted::QueuedFirst : Posted::Queued;
  }

  /// Reader's thread. Swaps everything that waits into `out`, which must be empty.
  void drain(std::vector<T>& out) {
    const std::lock_guard lock(mutex_);
    out.swap(waiting_);
  }

 private:
  const std::size_t capacity_;
  std::mutex mutex_;
  std::vector<T> waiting_;
};

}  // namespace throng
