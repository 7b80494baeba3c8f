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

/// At default sampling, of the tick of 1,000 players among 10,000 monsters. The stopwatch is not counted: it is that of the
/// metrics (metrics_share_of_tick), and runs anyway.
void tracing_share_of_tick(benchmark::State& bench) {
  const Clock& clock = system_clock();
  SpanDrain drain;
  start_tracing(drain, {});
  sim::World world = lively_world();
  services::TickTraces traces({}, clock);
  room::TickTimer timer(clock, &traces, {"room", "bench", "field", std::chrono::milliseconds(50)});
  const std::vector<sim::Intent> intents(kPlayers, sim::Move{});
  Nanoseconds tick{0};
  Nanoseconds tracing{0};
  for (auto _ : bench) {
    const MonotonicTime began = clock.now();
    const sim::TickOutput& output = tick_lively(world);
    const MonotonicTime ticked = clock.now();
    timer.begin_tick(std::nullopt);
    timer.end_tick();
    room::tally(intents, output.events, timer.profile());
    for (std::size_t slot = 0; slot < kPlayers; ++slot) timer.note_patch("a-session", 200 + slot * 7919 % 100);
    timer.hand_over();
    tick += ticked - began;
    tracing += clock.now() - ticked;
  }
  stop_tracing();
  bench.counters["figure"] = 100.0 * static_cast<double>(tracing.count()) / static_cast<double>(tick.count());
  bench.counters["ns_per_tick"] = static_cast<double>(tracing.count()) / static_cast<double>(bench.iterations());
}
BENCHMARK(tracing_share_of_tick)->Unit(benchmark::kMillisecond)->Iterations(400);

}  // namespace
}  // namespace throng::bench
