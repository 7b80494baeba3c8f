// A whole tick of a busy world.

#include <benchmark/benchmark.h>

#include "base/allocations.h"
#include "micro/monster_world.h"

namespace throng::bench {
namespace {

sim::World& shared_world() {
  static sim::World world = lively_world();
  return world;
}

void tick_10000_monsters_1000_players(benchmark::State& bench) {
  sim::World& world = shared_world();
  for (auto _ : bench) tick_lively(world);
  double fighting = 0;
  for (const sim::EntityIndex index : world.entities().indexes(sim::EntityKind::Monster)) {
    const sim::AiState ai = world.monster(index).ai;
    const bool fights = ai == sim::AiState::Chase || ai == sim::AiState::Attack || ai == sim::AiState::Flee;
    if (world.entities().alive(index) && fights) ++fighting;
  }
  bench.counters["fighting"] = fighting;
}
BENCHMARK(tick_10000_monsters_1000_players)->Unit(benchmark::kMillisecond)->MinTime(3);

void steady_tick_allocations(benchmark::State& bench) {
  sim::World& world = shared_world();
  const std::uint64_t before = allocations_of_this_thread();
  for (auto _ : bench) tick_lively(world);
  const auto ticks = static_cast<double>(bench.iterations());
  bench.counters["figure"] = static_cast<double>(allocations_of_this_thread() - before) / ticks;
}
BENCHMARK(steady_tick_allocations)->Unit(benchmark::kMillisecond)->Iterations(200);

/// What a checkpoint costs the thread of its room.
void save_10000_monsters_1000_players(benchmark::State& bench) {
  const sim::World& world = shared_world();
  std::size_t bytes = 0;
  for (auto _ : bench) bytes = world.save().size();
  bench.counters["kilobytes"] = static_cast<double>(bytes) / 1024;
}
BENCHMARK(save_10000_monsters_1000_players)->Unit(benchmark::kMillisecond)->MinTime(1);

}  // namespace
}  // namespace throng::bench
