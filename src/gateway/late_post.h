#pragma once
// The way back to a worker for answers from threads that may outlive the workers.

#include <cstddef>
#include <functional>
#include <mutex>

namespace throng::gateway {

class Worker;
class WorkerGroup;

/// Shared by the group and by everybody who owes it an answer. Any thread.
class LatePost {
 public:
  explicit LatePost(WorkerGroup& group) : group_(&group) {}

  /// False when that worker's mailbox is full, or the group is gone.
  bool post(std::size_t worker, std::function<void(Worker&)> job);
  /// The group's last word: nothing reaches it any more.
  void close();

 private:
  std::mutex mutex_;
  WorkerGroup* group_;
};

}  // namespace throng::gateway
