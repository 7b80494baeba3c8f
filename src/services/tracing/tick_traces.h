#pragma once
// Ticks as traces: some of them by luck, and every slow one, decided when it is over.

#include <functional>
#include <memory>

#include "base/clock.h"
#include "base/trace.h"
#include "room/tick_profile.h"

namespace throng::services {

struct TickTraceSettings {
  double tick_ratio = 0.001;  ///< of all ticks, [0, 1]; the sampler has a word on top
  double slow_ratio = 0.5;    ///< of the tick interval: what took longer is slow
  int slow_per_minute = 30;   ///< traces of slow ticks; the others are not told apart from quick ones
};

/// One per worker, on its thread. Allocates for the ticks that it keeps, never for the others.
class TickTraces final : public room::TickReader {
 public:
  /// Called for each slow tick that is kept, on the worker's thread: its trace can be found by this id.
  using OnSlowTick = std::function<void(const room::TickProfile& profile, TraceId trace)>;

  TickTraces(const TickTraceSettings& settings, const Clock& clock, OnSlowTick on_slow_tick = {});

  void tick_done(const room::TickProfile& profile) override;

 private:
  bool is_slow(const room::TickProfile& profile) const;
  bool may_keep_slow(MonotonicTime now);

  const TickTraceSettings settings_;
  const Clock& clock_;
  const OnSlowTick on_slow_tick_;
  const std::uint64_t keep_below_;  ///< of the upper half of an id
  MonotonicTime minute_began_{};
  int kept_in_minute_ = 0;
};

/// Hands over a tick as a trace of its own: the tick, and each phase that took time as a child. Phases lie end to end in
/// their order from when the tick began; how long each took is measured, when within the tick it was is not.
/// @return  its id
TraceId hand_over_tick(const room::TickProfile& profile, const SpanContext& root, bool slow);

}  // namespace throng::services
