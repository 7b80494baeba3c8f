#pragma once
// Time enters the program here and nowhere in sim/.

#include <chrono>
#include <cstdint>

namespace throng {

/// Monotonic time in nanoseconds since some fixed point; for intervals and deadlines.
using MonotonicTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;
using Nanoseconds = std::chrono::nanoseconds;

/// Where a component takes the time from, so that tests can hold it still. Any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual MonotonicTime now() const = 0;
  /// Milliseconds since 1970-01-01 UTC.
  virtual std::int64_t unix_milliseconds() const = 0;
};

/// The operating system's clocks. Lives for the whole program.
const Clock& system_clock();

/// A clock that moves only when told.
class ManualClock final : public Clock {
 public:
  MonotonicTime now() const override { return now_; }
  std::int64_t unix_milliseconds() const override {
    return std::chrono::duration_cast<std::chrono::milliseconds>(now_.time_since_epoch()).count();
  }
  void advance(Nanoseconds by) { now_ += by; }

 private:
  MonotonicTime now_{std::chrono::hours(1)};
};

}  // namespace throng
