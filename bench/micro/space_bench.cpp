// The parts of a tick that are about places.

#include <vector>

#include <benchmark/benchmark.h>

#include "micro/monster_world.h"
#include "sim/space/interest.h"
#include "sim/space/move_bodies.h"

namespace throng::bench {
namespace {

const sim::World& busy_world() {
  static const sim::World world = lively_world();
  return world;
}

void grid_rebuild(benchmark::State& bench) {
  const sim::World& world = busy_world();
  sim::SpatialGrid grid(world.map().width, world.map().height, world.settings().grid_cell);
  for (auto _ : bench) grid.rebuild(world.positions(), world.alive());
}
BENCHMARK(grid_rebuild)->Unit(benchmark::kMicrosecond);

void bodies_move(benchmark::State& bench) {
  sim::WorldState state = busy_world().state();
  sim::PathFinder paths;
  std::vector<sim::Event> events;
  const sim::Ground ground(*state.map, state.settings.body_half_size);
  sim::TickContext ctx{{}, events, state.streams, ground, busy_world().grid(), paths};
  for (auto _ : bench) sim::move_bodies(state, ctx);
}
BENCHMARK(bodies_move)->Unit(benchmark::kMicrosecond);

void interest_refresh(benchmark::State& bench) {
  const sim::World& world = busy_world();
  const sim::EntityIndex viewer = *world.find_player(sim::PlayerKey{1});
  sim::InterestFinder finder;
  sim::InterestChange change;
  std::vector<sim::EntityIndex> before;
  for (auto _ : bench) {
    finder.refresh(world.grid(), world.positions()[viewer.value], viewer, {units(512), units(64)}, before, change);
    before = change.stays;
    before.insert(before.end(), change.enters.begin(), change.enters.end());
  }
  bench.counters["visible"] = static_cast<double>(before.size());
}
BENCHMARK(interest_refresh)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace throng::bench
