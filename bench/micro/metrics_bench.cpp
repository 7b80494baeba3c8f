// What measuring costs: one increment, one observation, a tick's worth of both, and a scrape.

#include <benchmark/benchmark.h>

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/counters.h"
#include "base/metrics.h"
#include "micro/monster_world.h"
#include "room/kinds/world_metrics.h"
#include "room/room_metrics.h"
#include "room/tick_metrics.h"
#include "room/tick_timer.h"
#include "services/metrics/exposition.h"

namespace throng::bench {
namespace {

void counter_increment(benchmark::State& bench) {
  for (auto _ : bench) {
    count(Counter::MessagesIn);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(counter_increment);

void histogram_observe(benchmark::State& bench) {
  std::int64_t value = 1;
  for (auto _ : bench) {
    observe(Histogram::PatchSize, value);
    value = (value * 7 + 1) & 4095;
    benchmark::ClobberMemory();
  }
}
BENCHMARK(histogram_observe);

/// Ten thousand monsters and a thousand players: the tick alone, and all that is counted of it and of its patches.
void metrics_share_of_tick(benchmark::State& bench) {
  const Clock& clock = system_clock();
  sim::World world = lively_world();
  room::WorldMetrics game(world);
  room::RoomMetrics of_room("bench");
  room::TickMetrics ticks;
  room::TickTimer timer(clock, &ticks, {"room", "bench", "field", std::chrono::milliseconds(50)});
  Nanoseconds tick{0};
  Nanoseconds counting{0};
  for (auto _ : bench) {
    const MonotonicTime began = clock.now();
    const sim::TickOutput& output = tick_lively(world);
    const MonotonicTime ticked = clock.now();
    timer.begin_tick(std::nullopt);
    for (std::size_t i = 0; i < room::kRoomPhaseCount; ++i) timer.begin(static_cast<room::RoomPhase>(i));
    timer.end_tick();
    for (const sim::Event& event : output.events) game.note(event);
    of_room.entities(world.entities().alive_count());
    for (int i = 0; i < kPlayers; ++i) of_room.sent_patch(static_cast<std::size_t>(200 + i % 100));
    timer.hand_over();
    tick += ticked - began;
    counting += clock.now() - ticked;
  }
  bench.counters["figure"] = 100.0 * static_cast<double>(counting.count()) / static_cast<double>(tick.count());
}
BENCHMARK(metrics_share_of_tick)->Unit(benchmark::kMillisecond)->Iterations(400);

/// Fifty rooms, of as many kinds as are told apart, in both forms by turns.
void scrape_50_rooms(benchmark::State& bench) {
  std::vector<std::unique_ptr<room::RoomMetrics>> rooms;
  const sim::World world = lively_world();
  const room::WorldMetrics game(world);
  room::TickMetrics ticks;
  for (int i = 0; i < 50; ++i) {
    const std::string kind = "kind" + std::to_string(i % 16);
    rooms.push_back(std::make_unique<room::RoomMetrics>(kind));
    room::TickProfile profile;
    profile.kind = kind;
    ticks.tick_done(profile);
  }
  std::size_t bytes = 0;
  bool open = false;
  for (auto _ : bench) {
    const std::vector<MetricReading> readings = read_metrics();
    bytes += open ? services::open_metrics_text(readings).size() : services::prometheus_text(readings).size();
    open = !open;
  }
  bench.counters["kilobytes"] = static_cast<double>(bytes) / 1024 / static_cast<double>(bench.iterations());
}
BENCHMARK(scrape_50_rooms)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace throng::bench
