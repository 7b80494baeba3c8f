#include "services/characters/alarm.h"

#include <utility>

#include "base/thread_name.h"

namespace throng::services {

Alarm::Alarm() : thread_([this] { run(); }) {}

Alarm::~Alarm() { stop(); }

void Alarm::after(std::chrono::milliseconds delay, std::function<void()> call) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return;
  calls_.emplace(system_clock().now() + delay, std::move(call));
  changed_.notify_one();
}

void Alarm::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    calls_.clear();
    changed_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void Alarm::run() {
  name_this_thread("alarm");
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (calls_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const MonotonicTime due = calls_.begin()->first;
    if (system_clock().now() < due) {
      changed_.wait_until(lock, due);
      continue;
    }
    const std::function<void()> call = std::move(calls_.begin()->second);
    calls_.erase(calls_.begin());
    lock.unlock();
    call();
    lock.lock();
  }
}

}  // namespace throng::services
