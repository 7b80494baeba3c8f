#include "store/pump.h"

#include <algorithm>

namespace throng::bench {

double milliseconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

double percentile(std::vector<double>& values, double share) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

Pump::Pump(std::size_t slots, Begin begin) : begin_(std::move(begin)), slots_(slots) {
  for (std::size_t slot = 0; slot < slots; ++slot) free_.push_back(slot);
}

Pump::~Pump() {
  if (feeder_.joinable()) static_cast<void>(stop_and_wait());
}

void Pump::start() {
  began_ = Steady::now();
  feeder_ = std::thread([this] { feed(); });
}

void Pump::feed() {
  std::vector<std::size_t> begun;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stop_ || !free_.empty(); });
      if (stop_) return;
      begun.swap(free_);
    }
    for (const std::size_t slot : begun)
      begin_(slot, [this, slot, began = Steady::now()](const std::string& problem) { end(slot, began, problem); });
    begun.clear();
  }
}

void Pump::end(std::size_t slot, Steady::time_point began, const std::string& problem) {
  const std::lock_guard lock(mutex_);
  times_.push_back(milliseconds_since(began));
  free_.push_back(slot);
  if (problem_.empty()) problem_ = problem;
  stop_ = stop_ || !problem.empty();
  changed_.notify_all();  // within the lock: who waits may end us
}

Result<PumpFigures> Pump::stop_and_wait() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    changed_.notify_all();
  }
  feeder_.join();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return free_.size() == slots_; });
  if (!problem_.empty()) return fail(problem_);
  PumpFigures figures;
  figures.count = times_.size();
  figures.per_s = static_cast<double>(times_.size()) / (milliseconds_since(began_) / 1000);
  figures.p50_ms = percentile(times_, 0.5);
  figures.p99_ms = percentile(times_, 0.99);
  return figures;
}

Result<PumpFigures> Pump::run(double seconds) {
  start();
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  return stop_and_wait();
}

}  // namespace throng::bench
