#pragma once
// How late a worker's event loop is, and whether it turns at all: a timer that asks the clock when it runs.

#include <atomic>
#include <cstddef>

#include "base/clock.h"
#include "base/metrics.h"
#include "net/event_loop.h"

namespace throng::gateway {

/// Begins with the loop's first turn after `start`. On the loop's thread; the loop outlives its timers.
class LoopLag {
 public:
  static constexpr std::chrono::milliseconds kInterval{100};

  LoopLag(std::size_t worker, net::EventLoop& loop, const Clock& clock);
  void start();
  /// Since the loop was last seen to turn; of one that is not stuck about kInterval. Any thread.
  Nanoseconds silence() const { return clock_.now() - last_turn_.load(std::memory_order_relaxed); }

 private:
  void probe(MonotonicTime due);

  net::EventLoop& loop_;
  const Clock& clock_;
  const HistogramSeries lag_;
  std::atomic<MonotonicTime> last_turn_;
};

}  // namespace throng::gateway
