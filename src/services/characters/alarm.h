#pragma once
// Calls that are made later, on a thread of their own.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "base/clock.h"

namespace throng::services {

/// Calls are short and do not block. Bound: whoever asks for calls bounds their number.
class Alarm {
 public:
  Alarm();
  ~Alarm();
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  /// Any thread, also from within a call.
  void after(std::chrono::milliseconds delay, std::function<void()> call);
  /// Nothing is called any more; waits for the call that runs. Not from within a call.
  void stop();

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::multimap<MonotonicTime, std::function<void()>> calls_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace throng::services
