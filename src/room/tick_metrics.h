#pragma once
// Ticks as metrics: how long they and their parts take, by kind of room.

#include <array>
#include <string>
#include <vector>

#include "base/metrics.h"
#include "room/tick_profile.h"

namespace throng::room {

/// The series that exemplars of slow ticks belong to. Any thread; takes a lock.
HistogramSeries tick_duration_series(std::string_view kind);

/// One thread's. Allocates when it meets a kind of room for the first time.
class TickMetrics final : public TickReader {
 public:
  void tick_done(const TickProfile& profile) override;

 private:
  struct OfKind {
    std::string kind;
    HistogramSeries duration;
    HistogramSeries delay;
    std::array<HistogramSeries, kRoomPhaseCount> phases;
    CounterSeries slow;
    CounterSeries patched_bytes;
  };

  const OfKind& of_kind(std::string_view kind);

  std::vector<OfKind> kinds_;  ///< bound: kinds of rooms.json
};

}  // namespace throng::room
