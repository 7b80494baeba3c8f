#pragma once
// A few threads for work that takes long and needs much memory, with a bounded queue before them.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/trace_context.h"

namespace throng::services {

class WorkPool {
 public:
  /// @param waiting_max  pieces of work that wait for a thread; beyond them `post` refuses
  WorkPool(std::size_t threads, std::size_t waiting_max);
  ~WorkPool();
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  /// Any thread. False: too much waits, or the pool has stopped; the work was not taken.
  bool post(std::function<void()> work);
  /// Takes nothing more, does what was taken, and joins. Harmless twice; not from a piece of work.
  void stop();

 private:
  void run();

  const std::size_t waiting_max_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  struct Waiting {
    std::function<void()> work;
    SpanContext trace;  ///< what whoever posted it was working for
  };
  std::deque<Waiting> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace throng::services
