#pragma once
// Notices a run of slow ticks on one thread.

#include <atomic>
#include <cstddef>
#include <vector>

#include "base/clock.h"
#include "room/tick_profile.h"

namespace throng::services {

struct SlowTickRun {
  std::size_t ticks = 20;                         ///< so many slow ones (TickProfile::slow), 1 to 1000,
  Nanoseconds within = std::chrono::seconds(10);  ///< that began within this time
};

class SlowTickWatch final : public room::TickReader {
 public:
  /// @param noticed  set when there was a run; outlives this
  SlowTickWatch(const SlowTickRun& run, std::atomic<bool>& noticed)
      : run_(run), noticed_(noticed), begins_(run.ticks) {}

  void tick_done(const room::TickProfile& profile) override;

 private:
  const SlowTickRun run_;
  std::atomic<bool>& noticed_;
  std::vector<MonotonicTime> begins_;  ///< of the latest slow ticks, round and round; never grows
  std::size_t seen_ = 0;               ///< since the last run
};

}  // namespace throng::services
