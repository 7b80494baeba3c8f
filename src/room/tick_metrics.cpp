#include "room/tick_metrics.h"

#include <algorithm>

namespace throng::room {

HistogramSeries tick_duration_series(std::string_view kind) { return series(Histogram::TickDuration, {kind}); }

void TickMetrics::tick_done(const TickProfile& profile) {
  const OfKind& kind = of_kind(profile.kind);
  observe(kind.duration, profile.total().count());
  observe(kind.delay, (profile.began - profile.due).count());
  for (std::size_t i = 0; i < kRoomPhaseCount; ++i) observe(kind.phases[i], profile.phases[i].count());
  if (profile.slow()) count(kind.slow);
  if (profile.patch_bytes > 0) count(kind.patched_bytes, profile.patch_bytes);
}

const TickMetrics::OfKind& TickMetrics::of_kind(std::string_view kind) {
  const auto known = std::find_if(kinds_.begin(), kinds_.end(), [&](const OfKind& one) { return one.kind == kind; });
  if (known != kinds_.end()) return *known;
  OfKind& made = kinds_.emplace_back();
  made.kind = kind;
  made.duration = tick_duration_series(kind);
  made.delay = series(Histogram::TickDelay, {kind});
  for (std::size_t i = 0; i < kRoomPhaseCount; ++i)
    made.phases[i] = series(Histogram::TickPhase, {kind, room_phase_name(static_cast<RoomPhase>(i))});
  made.slow = series(CounterFamily::TicksSlow, {kind});
  made.patched_bytes = series(CounterFamily::PatchedBytes, {kind});
  return made;
}

}  // namespace throng::room
