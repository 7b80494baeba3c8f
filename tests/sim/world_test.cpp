#include "sim/world.h"

#include <cstdlib>

#include <gtest/gtest.h>

#include "sim/scenario/invariants.h"
#include "sim/scenario/random_game.h"
#include "sim/sim_fixtures.h"

namespace throng::sim {
namespace {

using test::RandomPlayers;

std::size_t g_allocations = 0;

content::MapDef scenario_map(std::uint64_t seed) { return test::scattered_map(seed, 70); }

content::GameContent scenario_game(std::uint64_t seed) { return test::populated(scenario_map(seed), 40); }

WorldSettings scenario_settings(std::uint64_t seed) {
  constexpr int kRates[] = {1, 7, 20, 30, 60};
  return {.tick_rate_hz = kRates[seed % 5], .entities_max = 120, .index_quarantine_ms = 1'000};
}

/// Notes the parts of the last tick.
class PhaseNotes final : public TickWatch {
 public:
  void begin(TickPhase phase) override { phases.push_back(phase); }
  std::vector<TickPhase> phases;
};

void run_scenario(std::uint64_t seed, int ticks) {
  World world = test::make_world(scenario_map(seed), scenario_settings(seed), seed, scenario_game(seed));
  World twin = test::make_world(scenario_map(seed), scenario_settings(seed), seed, scenario_game(seed));
  RandomPlayers players(seed);
  test::EventBook book;
  PhaseNotes watch;  // of the one and not of the other: who watches changes nothing
  for (int i = 0; i < ticks; ++i) {
    const std::vector<Intent> intents = players.next(world.map().width);
    watch.phases.clear();
    ASSERT_NO_FATAL_FAILURE(book.read(world.tick(intents, &watch), world));
    twin.tick(intents);
    ASSERT_NO_FATAL_FAILURE(test::expect_sound(world));
    ASSERT_EQ(world.digest(), twin.digest()) << "tick " << world.now().value;
    if (i % 37 != 0) continue;
    // From here on the twin is a world that was saved and restored.
    auto restored =
        World::restore(twin.save(), std::make_shared<const content::MapDef>(twin.map()), twin.shared_content());
    ASSERT_TRUE(restored.has_value()) << restored.error().message;
    ASSERT_EQ(restored->digest(), twin.digest());
    twin = *std::move(restored);
  }
}

TEST(World, TellsOfThePartsOfATickInTheirOrder) {
  World world = test::make_world(scenario_map(1), scenario_settings(1), 1, scenario_game(1));
  PhaseNotes watch;
  world.tick({}, &watch);
  EXPECT_EQ(watch.phases, (std::vector{TickPhase::Input, TickPhase::Combat, TickPhase::Ai, TickPhase::Movement,
                                       TickPhase::Loot, TickPhase::Progress, TickPhase::Index}));
}

TEST(WorldScenario, KeepsItsInvariantsOverManySeeds) {
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    SCOPED_TRACE(testing::Message() << "--seed=" << seed);
    ASSERT_NO_FATAL_FAILURE(run_scenario(seed, 250));
  }
}

TEST(World, GivesTheGoldenDigestInEveryBuild) {
  // Changes only with the rules of the world; then the new value belongs into the same commit, with the reason.
  World world = test::make_world(scenario_map(2024), {.entities_max = 200}, 42, scenario_game(2024));
  RandomPlayers players(7);
  for (int i = 0; i < 600; ++i) world.tick(players.next(world.map().width));
  EXPECT_EQ(world.entities().alive_count(EntityKind::Monster), 80u);
  EXPECT_GT(world.entities().alive_count(EntityKind::Player), 5u);
  EXPECT_EQ(world.digest(), 10207826207595370512u);
}

TEST(World, DoesNotAllocateOnceItHasGrown) {
  World world = test::make_world(scenario_map(3), {.entities_max = 200}, 5, scenario_game(3));
  RandomPlayers players(7);
  std::vector<std::vector<Intent>> intents;
  for (int i = 0; i < 600; ++i) intents.push_back(players.next(world.map().width));
  for (int i = 0; i < 500; ++i) world.tick(intents[static_cast<std::size_t>(i)]);
  const std::size_t before = g_allocations;
  for (int i = 500; i < 600; ++i) world.tick(intents[static_cast<std::size_t>(i)]);
  EXPECT_EQ(g_allocations, before);
}

TEST(World, DoesNotAllocateWhileEverybodyWalks) {
  const content::MapDef map = test::playable_map(3, 90);
  content::GameContent game = test::playable(map, 20);
  for (content::MonsterDef& kind : game.monsters) kind.aggression = content::Aggression::Passive;
  World world = test::make_world(map, {}, 5, game);
  std::vector<Intent> joins;
  for (std::uint32_t i = 0; i < 20; ++i) joins.push_back(test::spawn_at(i, {map.width / 2, map.height / 2}));
  world.tick(joins);
  std::vector<Intent> moves(1);
  const auto walk = [&](int tick) {
    moves[0] = test::move(static_cast<std::uint32_t>(tick % 20), tick % 3 == 0 ? 9'000 : -7'000, tick % 7 * 900);
    world.tick(moves);
  };
  for (int i = 0; i < 300; ++i) walk(i);
  const std::size_t before = g_allocations;
  for (int i = 0; i < 200; ++i) walk(i);
  EXPECT_EQ(g_allocations, before);
}

TEST(World, AllocatesLittleWhileEverybodyFights) {
  // A tick of a battle may make a drop or a party, but not a heap block per blow: at most two blocks a tick.
  const content::MapDef map = test::playable_map(3, 90);
  World world = test::make_world(map, {.entities_max = 300}, 5, test::playable(map, 20));
  test::RandomGame game(7);
  for (int i = 0; i < 600; ++i) world.tick(game.next(world));
  std::size_t allocated = 0;
  for (int i = 0; i < 400; ++i) {
    const std::vector<Intent> intents = game.next(world);
    const std::size_t before = g_allocations;
    world.tick(intents);
    allocated += g_allocations - before;
  }
  EXPECT_LE(allocated, 2u * 400u);
}

TEST(WorldDeathTest, AContentThatMeansSomethingElseIsABug) {
  World world = test::make_world(scenario_map(1), {}, 1, scenario_game(1));
  content::GameContent other = scenario_game(1);
  std::swap(other.monsters[0], other.monsters[1]);
  EXPECT_DEATH(world.adopt(content::link_by_hand(other)), "not loaded with the present one");
}

TEST(World, DependsOnItsSeed) {
  World a = test::make_world(scenario_map(1), {}, 1, scenario_game(1));
  World b = test::make_world(scenario_map(1), {}, 2, scenario_game(1));
  EXPECT_NE(a.digest(), b.digest());
}

TEST(World, CountsItsTicks) {
  World world = test::make_world(content::open_field("field", 100, 100));
  EXPECT_EQ(world.now(), Tick{0});
  world.tick({});
  EXPECT_EQ(world.now(), Tick{1});
}

TEST(World, ReadsTheSameAfterItWasMoved) {
  World world = test::make_world(scenario_map(1), {}, 1, scenario_game(1));
  const std::uint64_t digest = world.digest();
  World moved = std::move(world);
  EXPECT_EQ(moved.digest(), digest);
  EXPECT_EQ(moved.grid().entity_count(), 80u);
  EXPECT_EQ(moved.tick({}).events.size(), 80u);
}

TEST(World, DoesNotGrowItsArraysWhilePlayersComeAndGo) {
  World world = test::make_world(content::open_field("field", 500, 500), {.index_quarantine_ms = 100});
  for (std::uint32_t i = 0; i < 1'000; ++i) {
    world.tick(std::vector<Intent>{test::spawn_at(i, {})});
    world.tick(std::vector<Intent>{RemovePlayer{{i}}});
  }
  EXPECT_LE(world.entities().high_water(), 4u);
}

}  // namespace
}  // namespace throng::sim

// Counts what the whole test program allocates, for the test above. Not inlined: g++ 12 then takes them for a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++throng::sim::g_allocations;
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) std::abort();
  return memory;
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
