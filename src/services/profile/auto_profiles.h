#pragma once
// A CPU profile by itself when ticks are slow for a while, as a file for whoever looks later.

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "room/tick_profile.h"
#include "services/profile/profiler.h"
#include "services/profile/slow_tick_watch.h"

namespace throng::services {

struct AutoProfileSettings {
  std::string folder;                            ///< made when it is not there
  SlowTickRun slow_ticks;
  int seconds = 5;                               ///< of each profile
  Nanoseconds pause = std::chrono::minutes(10);  ///< from one to the next
  std::size_t files_max = 20;                    ///< the oldest go
};

/// Writes `slow-ticks-<time>.folded`, and removes the oldest of its kind beyond `files_max`. @return the file
Result<std::string> keep_profile(const std::string& folder, std::int64_t unix_ms, const std::string& folded,
                                 std::size_t files_max);

class AutoProfiles {
 public:
  /// Both outlive this, and this outlives the readers.
  AutoProfiles(AutoProfileSettings settings, Profiler& profiler, const Clock& clock = system_clock())
      : settings_(std::move(settings)), profiler_(profiler), clock_(clock) {}

  /// For the ticks of one thread.
  std::unique_ptr<room::TickReader> make_reader() {
    return std::make_unique<SlowTickWatch>(settings_.slow_ticks, noticed_);
  }
  /// Begins a profile when a run of slow ticks was noticed and none was made lately. To be called about once a second, from
  /// one thread; does not wait. @return whether it began one
  bool look();

 private:
  const AutoProfileSettings settings_;
  Profiler& profiler_;
  const Clock& clock_;
  std::atomic<bool> noticed_{false};
  MonotonicTime next_allowed_{};
};

}  // namespace throng::services
