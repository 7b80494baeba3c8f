#include "sim/world.h"

#include <cstdlib>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "sim/sim_fixtures.h"
#include "sim/space/ground.h"

namespace throng::sim {
namespace {

using test::RandomPlayers;

std::size_t g_allocations = 0;

content::MapDef scenario_map(std::uint64_t seed) { return test::scattered_map(seed, 70, 40); }

WorldSettings scenario_settings(std::uint64_t seed) {
  constexpr int kRates[] = {1, 7, 20, 30, 60};
  return {.tick_rate_hz = kRates[seed % 5], .entities_max = 120, .index_quarantine_ms = 1'000};
}

void expect_bodies_on_the_ground(const World& world) {
  const Ground ground(world.map(), world.settings().body_half_size);
  for (std::size_t i = 0; i < world.positions().size(); ++i) {
    if (world.alive()[i] != 0) {
      ASSERT_TRUE(ground.fits(world.positions()[i])) << "entity " << i;
    }
  }
}

void expect_entities_consistent(const World& world) {
  const EntityPool& pool = world.entities();
  ASSERT_EQ(world.positions().size(), pool.high_water());
  ASSERT_EQ(world.alive().size(), pool.high_water());
  ASSERT_EQ(world.grid().entity_count(), pool.alive_count());
  std::set<std::uint32_t> ids;
  for (std::uint32_t i = 0; i < pool.high_water(); ++i) {
    const EntityIndex index{i};
    ASSERT_EQ(pool.alive(index), world.alive()[i] != 0);
    ASSERT_TRUE(ids.insert(pool.id(index).value).second) << "two entities share an id";
    ASSERT_EQ(pool.indexes(pool.kind(index))[pool.slot(index)], index);
    if (pool.alive(index) && pool.kind(index) == EntityKind::Player) {
      ASSERT_EQ(world.find_player(world.player(index).key), index);
    }
  }
}

/// Index and id of an entity stay together from its spawn to its end, and no index is taken while it is in use.
class EventBook {
 public:
  void read(const TickOutput& output, const World& world) {
    for (const Event& event : output.events) {
      if (const auto* spawned = std::get_if<PlayerSpawned>(&event)) begin(spawned->index, spawned->id);
      if (const auto* spawned = std::get_if<MonsterSpawned>(&event)) begin(spawned->index, spawned->id);
      if (const auto* removed = std::get_if<EntityRemoved>(&event)) end(removed->index, removed->id);
    }
    ASSERT_EQ(living_.size(), world.entities().alive_count());
  }

 private:
  void begin(EntityIndex index, EntityId id) { EXPECT_TRUE(living_.emplace(index, id).second) << index.value; }
  void end(EntityIndex index, EntityId id) {
    const auto found = living_.find(index);
    ASSERT_TRUE(found != living_.end() && found->second == id) << index.value;
    living_.erase(found);
  }

  std::map<EntityIndex, EntityId> living_;
};

void run_scenario(std::uint64_t seed, int ticks) {
  World world = test::make_world(scenario_map(seed), scenario_settings(seed), seed);
  World twin = test::make_world(scenario_map(seed), scenario_settings(seed), seed);
  RandomPlayers players(seed);
  EventBook book;
  for (int i = 0; i < ticks; ++i) {
    const std::vector<Intent> intents = players.next(world.map().width);
    ASSERT_NO_FATAL_FAILURE(book.read(world.tick(intents), world));
    twin.tick(intents);
    ASSERT_NO_FATAL_FAILURE(expect_bodies_on_the_ground(world));
    ASSERT_NO_FATAL_FAILURE(expect_entities_consistent(world));
    ASSERT_EQ(world.digest(), twin.digest()) << "tick " << world.now().value;
    if (i % 37 != 0) continue;
    // From here on the twin is a world that was saved and restored.
    auto restored = World::restore(twin.save(), std::make_shared<const content::MapDef>(twin.map()),
                                   std::make_shared<const content::MonstersDef>(twin.monsters()));
    ASSERT_TRUE(restored.has_value()) << restored.error().message;
    ASSERT_EQ(restored->digest(), twin.digest());
    twin = *std::move(restored);
  }
}

TEST(WorldScenario, KeepsItsInvariantsOverManySeeds) {
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    SCOPED_TRACE(testing::Message() << "--seed=" << seed);
    ASSERT_NO_FATAL_FAILURE(run_scenario(seed, 250));
  }
}

TEST(World, GivesTheGoldenDigestInEveryBuild) {
  // Changes only with the rules of the world; then the new value belongs into the same commit, with the reason.
  World world = test::make_world(scenario_map(2024), {.entities_max = 200}, 42);
  RandomPlayers players(7);
  for (int i = 0; i < 600; ++i) world.tick(players.next(world.map().width));
  EXPECT_EQ(world.entities().alive_count(EntityKind::Monster), 80u);
  EXPECT_GT(world.entities().alive_count(EntityKind::Player), 5u);
  EXPECT_EQ(world.digest(), 18375156135355310714u);
}

TEST(World, DoesNotAllocateOnceItHasGrown) {
  World world = test::make_world(scenario_map(3), {.entities_max = 200}, 5);
  RandomPlayers players(7);
  std::vector<std::vector<Intent>> intents;
  for (int i = 0; i < 600; ++i) intents.push_back(players.next(world.map().width));
  for (int i = 0; i < 500; ++i) world.tick(intents[static_cast<std::size_t>(i)]);
  const std::size_t before = g_allocations;
  for (int i = 500; i < 600; ++i) world.tick(intents[static_cast<std::size_t>(i)]);
  EXPECT_EQ(g_allocations, before);
}

TEST(World, DependsOnItsSeed) {
  World a = test::make_world(scenario_map(1), {}, 1);
  World b = test::make_world(scenario_map(1), {}, 2);
  EXPECT_NE(a.digest(), b.digest());
}

TEST(World, CountsItsTicks) {
  World world = test::make_world(content::open_field("field", 100, 100));
  EXPECT_EQ(world.now(), Tick{0});
  world.tick({});
  EXPECT_EQ(world.now(), Tick{1});
}

TEST(World, ReadsTheSameAfterItWasMoved) {
  World world = test::make_world(scenario_map(1));
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
