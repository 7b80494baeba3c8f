#include "services/tracing/tick_traces.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace throng::services {
namespace {

/// So many of the most frequent kinds are named.
constexpr std::size_t kKindsNamed = 5;

std::uint64_t share_of_ids(double ratio) {
  constexpr double kRange = 9007199254740992.0;  // 2^53
  return ratio >= 1 ? ~std::uint64_t{0} : static_cast<std::uint64_t>(std::max(0.0, ratio) * kRange) << 11;
}

/// `move 812, attack 90`: the most frequent first.
std::string heaviest(const room::TickTally& tally, std::string_view (*name)(std::size_t)) {
  std::vector<std::pair<std::uint32_t, std::size_t>> kinds;
  for (std::size_t kind = 0; kind < tally.size(); ++kind) {
    if (tally[kind] > 0) kinds.emplace_back(tally[kind], kind);
  }
  std::sort(kinds.begin(), kinds.end(),
            [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  std::string words;
  for (std::size_t i = 0; i < std::min(kinds.size(), kKindsNamed); ++i)
    words += fmt::format("{}{} {}", i == 0 ? "" : ", ", name(kinds[i].second), kinds[i].first);
  return words;
}

std::int64_t in_microseconds(Nanoseconds time) { return time.count() / 1000; }

void describe(const room::TickProfile& profile, bool slow, SpanRecord& span) {
  span.set("game.room.id", profile.room_id);
  span.set("game.room.kind", profile.kind);
  if (!profile.place.empty()) span.set("game.room.place", profile.place);
  span.set("game.tick.number", static_cast<std::int64_t>(profile.tick));
  span.set("game.tick.slow", slow);
  span.set("game.tick.interval_us", in_microseconds(profile.interval));
  span.set("game.tick.late_us", in_microseconds(std::max(Nanoseconds(0), profile.began - profile.due)));
  span.set("game.tick.intents", profile.intents);
  span.set("game.tick.events", profile.events);
  span.set("game.tick.entities", profile.entities);
  span.set("game.tick.sessions", profile.sessions);
  span.set("game.tick.patch_bytes", static_cast<std::int64_t>(profile.patch_bytes));
  if (const std::string words = heaviest(profile.intents_of_kind, room::intent_kind_name); !words.empty())
    span.set("game.tick.top_intents", words);
  if (const std::string words = heaviest(profile.events_of_kind, room::event_kind_name); !words.empty())
    span.set("game.tick.top_events", words);
  if (profile.busiest_session_bytes == 0) return;
  span.set("game.tick.busiest_session", profile.busiest_session.view());
  span.set("game.tick.busiest_session_bytes", profile.busiest_session_bytes);
}

std::unique_ptr<SpanRecord> new_record(const SpanContext& context, std::string name, MonotonicTime began,
                                       Nanoseconds time) {
  auto span = std::make_unique<SpanRecord>();
  span->name = std::move(name);
  span->context = context;
  span->began = began;
  span->ended = began + time;
  return span;
}

}  // namespace

TickTraces::TickTraces(const TickTraceSettings& settings, const Clock& clock, OnSlowTick on_slow_tick)
    : settings_(settings),
      clock_(clock),
      on_slow_tick_(std::move(on_slow_tick)),
      keep_below_(share_of_ids(settings.tick_ratio)) {}

void TickTraces::tick_done(const room::TickProfile& profile) {
  const TraceId trace = new_trace_id();
  const bool slow = is_slow(profile) && may_keep_slow(clock_.now());
  if (!slow && (trace.high >= keep_below_ || !sampler_keeps(trace))) return;
  hand_over_tick(profile, {trace, new_span_id(), true}, slow);
  if (slow && on_slow_tick_) on_slow_tick_(profile, trace);
}

bool TickTraces::is_slow(const room::TickProfile& profile) const {
  return static_cast<double>(profile.total().count()) >
         settings_.slow_ratio * static_cast<double>(profile.interval.count());
}

bool TickTraces::may_keep_slow(MonotonicTime now) {
  if (now - minute_began_ >= std::chrono::minutes(1)) {
    minute_began_ = now;
    kept_in_minute_ = 0;
  }
  return kept_in_minute_++ < settings_.slow_per_minute;
}

TraceId hand_over_tick(const room::TickProfile& profile, const SpanContext& root, bool slow) {
  auto tick = new_record(root, "tick", profile.began, profile.total());
  describe(profile, slow, *tick);
  hand_over(std::move(tick));
  MonotonicTime at = profile.began;
  for (std::size_t i = 0; i < room::kRoomPhaseCount; ++i) {
    const Nanoseconds time = profile.phases[i];
    if (time.count() <= 0) continue;
    auto phase = new_record({root.trace, new_span_id(), true},
                            fmt::format("tick {}", room::room_phase_name(static_cast<room::RoomPhase>(i))), at, time);
    phase->parent = root.span;
    hand_over(std::move(phase));
    at += time;
  }
  return root.trace;
}

}  // namespace throng::services
