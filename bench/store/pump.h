#pragma once
// The same work over and over, so many pieces of it under way at once.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"

namespace throng::bench {

double milliseconds_since(std::chrono::steady_clock::time_point begin);
/// Sorts in part. @return 0 of nothing
double percentile(std::vector<double>& values, double share);

/// What the pump saw.
struct PumpFigures {
  std::size_t count = 0;
  double per_s = 0;
  double p50_ms = 0;  ///< from begin to done
  double p99_ms = 0;
};

class Pump {
 public:
  /// Empty: all is well; else the pump stops.
  using Done = std::function<void(std::string problem)>;
  /// Begins one piece of work, on the pump's own thread, as rooms have theirs; `done` may come from any thread.
  using Begin = std::function<void(std::size_t slot, Done done)>;

  Pump(std::size_t slots, Begin begin);
  ~Pump();
  Pump(const Pump&) = delete;
  Pump& operator=(const Pump&) = delete;

  void start();
  /// Until everything under way is done.
  Result<PumpFigures> stop_and_wait();
  /// Both, with a pause between.
  Result<PumpFigures> run(double seconds);

 private:
  using Steady = std::chrono::steady_clock;
  void feed();
  void end(std::size_t slot, Steady::time_point began, const std::string& problem);

  const Begin begin_;
  const std::size_t slots_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::size_t> free_;  ///< slots with nothing under way
  bool stop_ = false;
  Steady::time_point began_;
  std::thread feeder_;
  std::vector<double> times_;
  std::string problem_;
};

}  // namespace throng::bench
