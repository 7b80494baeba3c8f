#include "services/store/work_queue.h"

#include <algorithm>

namespace throng::services {

bool WorkQueue::put(StoreWork& work) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    std::size_t& of_its_kind = work.cut ? cuts_ : jobs_;
    if (closed_ || of_its_kind >= (work.cut ? cuts_max_ : jobs_max_)) return false;
    ++of_its_kind;
    ++put_;
    work.taken = clock_.now();
    if (work.cut) moves_ += work.cut->moves.size();
    waiting_.push_back(std::move(work));
    wake = waiting_.size() == 1 || enough(wake_at_);  // not for each of many that come together
  }
  if (wake) changed_.notify_all();
  return true;
}

void WorkQueue::take(std::vector<StoreWork>& group, std::size_t max, std::chrono::milliseconds window) {
  std::unique_lock lock(mutex_);
  if (group.empty()) {
    changed_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
    wait_for_company(lock, max, window);
  }
  if (waiting_.empty() || group.size() >= max) return;
  held_.push_back({waiting_.front().taken, 0});
  for (std::size_t moves = moves_; !waiting_.empty() && group.size() < max && moves - moves_ < kGroupMovesMax;)
    move_oldest_to(group);
}

void WorkQueue::move_oldest_to(std::vector<StoreWork>& group) {
  StoreWork& oldest = waiting_.front();
  --(oldest.cut ? cuts_ : jobs_);
  if (oldest.cut) moves_ -= oldest.cut->moves.size();
  ++held_.back().works;
  group.push_back(std::move(oldest));
  waiting_.pop_front();
}

void WorkQueue::wait_for_company(std::unique_lock<std::mutex>& lock, std::size_t max,
                                 std::chrono::milliseconds window) {
  if (waiting_.empty()) return;
  const MonotonicTime until = waiting_.front().taken + window;
  wake_at_ = max;
  changed_.wait_until(lock, until, [&] { return closed_ || in_a_hurry_ > 0 || enough(max); });
}

void WorkQueue::pause(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time, [this] { return closed_; });
}

void WorkQueue::settled(std::size_t works) {
  {
    const std::lock_guard lock(mutex_);
    settled_ += works;
    while (!held_.empty() && works > 0) {
      const std::size_t dealt_with = std::min(works, held_.front().works);
      works -= dealt_with;
      held_.front().works -= dealt_with;
      if (held_.front().works == 0) held_.pop_front();
    }
  }
  dealt_with_.notify_all();
}

void WorkQueue::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  dealt_with_.notify_all();
}

bool WorkQueue::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

bool WorkQueue::wait_settled(std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  const std::uint64_t goal = put_;
  ++in_a_hurry_;
  changed_.notify_all();
  const bool done = dealt_with_.wait_for(lock, timeout, [&] { return settled_ >= goal; });
  --in_a_hurry_;
  return done;
}

WorkQueue::Load WorkQueue::load() const {
  const std::lock_guard lock(mutex_);
  Load load{static_cast<std::size_t>(put_ - settled_), std::chrono::milliseconds(0)};
  MonotonicTime oldest{};
  if (!waiting_.empty()) oldest = waiting_.front().taken;
  if (!held_.empty()) oldest = held_.front().since;
  if (oldest != MonotonicTime{})
    load.oldest = std::max(load.oldest, std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now() - oldest));
  return load;
}

}  // namespace throng::services
