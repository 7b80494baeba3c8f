// What traces cost: a span, and their share of a tick.

#include <benchmark/benchmark.h>

#include <vector>

#include "base/trace.h"
#include "micro/monster_world.h"
#include "room/kinds/tick_tallies.h"
#include "room/tick_timer.h"
#include "services/tracing/tick_traces.h"

namespace throng::bench {
namespace {

/// Frees what it gets, as a full queue does.
class SpanDrain final : public SpanSink {
 public:
  void take(std::unique_ptr<SpanRecord>) override {}
};

/// One span as a request has it.
void make_span() {
  Span span("GET /catalogue.json", SpanKind::Server, {});
  span.set("http.request.method", "GET").set("http.route", "/catalogue.json").set("http.response.status_code", 200);
  benchmark::DoNotOptimize(span.context().span.value);
}

void span_off(benchmark::State& bench) {
  for (auto _ : bench) make_span();
}
BENCHMARK(span_off);

void span_not_sampled(benchmark::State& bench) {
  SpanDrain drain;
  start_tracing(drain, {.kind = Sampler::Kind::AlwaysOff});
  for (auto _ : bench) make_span();
  stop_tracing();
}
BENCHMARK(span_not_sampled);

void span_sampled(benchmark::State& bench) {
  SpanDrain drain;
  start_tracing(drain, {});
  for (auto _ : bench) make_span();
  stop_tracing();
}
BENCHMARK(span_sampled);

/// What traces add to a tick, without the tick: stopwatch, tallies, the sessions that are looked at, the decision.
class TracedTicks {
 public:
  TracedTicks() : timer_(system_clock(), &traces_, {"room", "world", "field", std::chrono::milliseconds(50)}) {
    start_tracing(drain_, {});
  }
  ~TracedTicks() { stop_tracing(); }

  void run_one() {
    timer_.begin_tick(std::nullopt);
    for (std::size_t phase = 0; phase < room::kRoomPhaseCount; ++phase)
      timer_.begin(static_cast<room::RoomPhase>(phase));
    room::tally(intents_, events_, timer_.profile());
    timer_.end_tick();
    timer_.begin_group(kPlayers);
    for (std::uint32_t slot = 0; slot < kPlayers; ++slot) {
      timer_.begin_session(slot);
      timer_.begin(room::RoomPhase::Interest);
      timer_.begin(room::RoomPhase::Encode);
      timer_.begin(room::RoomPhase::Flush);
      timer_.note_patch("a-session", slot);
      timer_.end_session();
    }
    timer_.end_group();
    timer_.hand_over();
  }

 private:
  SpanDrain drain_;
  services::TickTraces traces_{{}, system_clock()};
  room::TickTimer timer_;
  const std::vector<sim::Intent> intents_ = std::vector<sim::Intent>(kPlayers, sim::Move{});
  const std::vector<sim::Event> events_ = std::vector<sim::Event>(2 * kPlayers, sim::Damaged{});
};

double nanoseconds_since(MonotonicTime began) { return static_cast<double>((system_clock().now() - began).count()); }

/// At default sampling, of the tick of 1,000 players among 10,000 monsters, without its patches.
void tracing_share_of_tick(benchmark::State& bench) {
  sim::World world = lively_world();
  TracedTicks traced;
  double with_world = 0;
  double with_traces = 0;
  for (auto _ : bench) {
    const MonotonicTime began = system_clock().now();
    tick_lively(world);
    with_world += nanoseconds_since(began);
    const MonotonicTime then = system_clock().now();
    traced.run_one();
    with_traces += nanoseconds_since(then);
  }
  bench.counters["figure"] = 100 * with_traces / with_world;
  bench.counters["ns_per_tick"] = with_traces / static_cast<double>(bench.iterations());
}
BENCHMARK(tracing_share_of_tick)->Unit(benchmark::kMillisecond)->Iterations(500);

}  // namespace
}  // namespace throng::bench
