// What a thought costs in each state: think_monsters alone, 10,000 monsters, players near all of them.

#include <chrono>
#include <functional>
#include <vector>

#include <benchmark/benchmark.h>

#include "base/rng.h"
#include "micro/monster_world.h"
#include "sim/ai/monsters.h"
#include "sim/ai/senses.h"
#include "sim/ai/transitions.h"
#include "sim/combat/combat_stats.h"
#include "sim/space/move_bodies.h"

namespace throng::bench {
namespace {

using sim::AiState;
using sim::EntityIndex;
using sim::Reason;

/// From a prepared world so many ticks are measured before it is taken afresh, so that most stay in their state.
constexpr int kTicksPerCopy = 20;
constexpr Milliunits kFar = units(100'000);

struct Field {
  explicit Field(std::shared_ptr<const content::MapDef> map, std::shared_ptr<const content::GameContent> content)
      : state(std::move(map), std::move(content), {}, 20), grid(state.map->width, state.map->height, units(128)) {
    events.reserve(100'000);
  }
  sim::TickContext context() {
    grid.rebuild(state.positions, state.entities.alive_flags());
    events.clear();
    return {{}, events, state.streams, sim::Ground(*state.map, state.settings.body_half_size), grid, paths};
  }
  sim::WorldState state;
  sim::SpatialGrid grid;
  sim::PathFinder paths;
  std::vector<sim::Event> events;
};

content::GameContent one_kind(const content::MapDef& map) {
  content::GameContent game = *content_with_monsters(map, kMonsters);
  content::MonsterDef& kind = game.monsters[1];
  kind.leash_range = kind.chase_range = kFar;
  kind.flee_ms = 60'000;
  kind.flee_below = {5'000};
  kind.idle_ms_min = kind.idle_ms_max = 60'000;
  game.spawns = {game.spawns[1]};
  game.spawns[0].count = kMonsters;
  return game;
}

EntityIndex add_player(sim::WorldState& state, int number) {
  const EntityIndex index = *state.add_entity(sim::EntityKind::Player, place_of_player(number));
  state.player(index).key = {static_cast<std::uint32_t>(number + 1)};
  sim::refresh_stats(state, index);
  state.fighter(index).hp = state.fighter(index).max_hp();
  return index;
}

/// Brings one monster into the state; `player` is its own.
using Prepare = std::function<void(Field&, sim::TickContext&, EntityIndex monster, EntityIndex player)>;

Position beside(const Field& field, EntityIndex player, int distance) {
  const Position at = field.state.positions[player.value];
  const Position wanted{at.x + units(distance), at.y};
  const sim::Ground ground(*field.state.map, field.state.settings.body_half_size);
  return ground.fits(wanted) ? wanted : at;
}

void begin(Field& field, sim::TickContext& ctx, EntityIndex monster, EntityIndex player) {
  sim::begin_fight(field.state, ctx, monster, field.state.ref(player), Reason::Provoked);
}

Field prepared(const Prepare& prepare) {
  const auto map = field_with_walls();
  Field field(map, content::link_by_hand(one_kind(*map)));
  sim::TickContext ctx = field.context();
  sim::populate(field.state, ctx);
  std::vector<EntityIndex> players;
  for (int i = 0; i < kPlayers; ++i) players.push_back(add_player(field.state, i));
  field.state.now = Tick{1};
  int number = 0;
  for (const EntityIndex monster : field.state.entities.indexes(sim::EntityKind::Monster)) {
    prepare(field, ctx, monster, players[static_cast<std::size_t>(number++ % kPlayers)]);
  }
  return field;
}

void think_in(benchmark::State& bench, const Prepare& prepare) {
  Field field = prepared(prepare);
  const sim::WorldState initial = field.state;
  int ticks = 0;
  for (auto _ : bench) {
    if (ticks++ % kTicksPerCopy == 0) field.state = initial;
    field.state.now += Tick{1};
    sim::TickContext ctx = field.context();
    const auto begun = std::chrono::steady_clock::now();
    sim::think_monsters(field.state, ctx);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    bench.SetIterationTime(took.count());
    sim::move_bodies(field.state, ctx);
  }
  bench.counters["ns_per_monster"] =
      benchmark::Counter(kMonsters, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void think_idle(benchmark::State& bench) {
  think_in(bench, [](Field&, sim::TickContext&, EntityIndex, EntityIndex) {});
}

void think_patrol(benchmark::State& bench) {
  think_in(bench, [](Field& field, sim::TickContext&, EntityIndex monster, EntityIndex) {
    field.state.monster(monster).decide_at = Tick{1};
  });
}

void think_chase(benchmark::State& bench) {
  think_in(bench, [](Field& field, sim::TickContext& ctx, EntityIndex monster, EntityIndex player) {
    field.state.positions[monster.value] = beside(field, player, -300);
    begin(field, ctx, monster, player);
  });
}

void think_attack(benchmark::State& bench) {
  think_in(bench, [](Field& field, sim::TickContext& ctx, EntityIndex monster, EntityIndex player) {
    field.state.positions[monster.value] = beside(field, player, 20);
    begin(field, ctx, monster, player);
    sim::enter(field.state, ctx, monster, Reason::InRange);
  });
}

void think_flee(benchmark::State& bench) {
  think_in(bench, [](Field& field, sim::TickContext& ctx, EntityIndex monster, EntityIndex player) {
    begin(field, ctx, monster, player);
    field.state.fighter(monster).hp = 1;
    sim::enter(field.state, ctx, monster, Reason::Afraid);
  });
}

void think_return(benchmark::State& bench) {
  think_in(bench, [](Field& field, sim::TickContext& ctx, EntityIndex monster, EntityIndex player) {
    begin(field, ctx, monster, player);
    field.state.monster(monster).home = beside(field, player, 300);
    sim::enter(field.state, ctx, monster, Reason::Leashed);
  });
}

void think_dead(benchmark::State& bench) {
  think_in(bench, [](Field& field, sim::TickContext& ctx, EntityIndex monster, EntityIndex) {
    sim::enter(field.state, ctx, monster, Reason::Died);
    field.state.monster(monster).decide_at = Tick{1'000'000};
  });
}

BENCHMARK(think_idle)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(200);
BENCHMARK(think_patrol)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(200);
BENCHMARK(think_chase)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(200);
BENCHMARK(think_attack)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(200);
BENCHMARK(think_flee)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(200);
BENCHMARK(think_return)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(200);
BENCHMARK(think_dead)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(200);

}  // namespace
}  // namespace throng::bench
