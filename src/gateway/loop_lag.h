#pragma once
// How late a worker's event loop is: a timer that asks the clock when it runs.

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

 private:
  void probe(MonotonicTime due);

  net::EventLoop& loop_;
  const Clock& clock_;
  const HistogramSeries lag_;
};

}  // namespace throng::gateway
