#include "sim/ai/populate.h"

#include <gtest/gtest.h>

#include "sim/sim_fixtures.h"

namespace throng::sim {
namespace {

TEST(Populate, PutsTheMonstersOfTheMapIntoANewWorld) {
  World world = test::make_world(test::scattered_map(1, 60, 10));
  EXPECT_EQ(world.entities().alive_count(EntityKind::Monster), 20u);
  EXPECT_EQ(world.monster({0}).kind, 0);
  EXPECT_EQ(world.monster({19}).kind, 1);
  EXPECT_EQ(world.monster({19}).max_hp, 80);
  EXPECT_EQ(world.monster({19}).level, 5);
  EXPECT_EQ(world.grid().entity_count(), 20u);
}

TEST(Populate, TellsOfThemInTheFirstTickOnly) {
  World world = test::make_world(test::scattered_map(1, 60, 10));
  EXPECT_EQ(test::events_of<MonsterSpawned>(world.tick({})).size(), 20u);
  EXPECT_TRUE(test::events_of<MonsterSpawned>(world.tick({})).empty());
}

TEST(Populate, KeepsToTheAreaOfTheSpawn) {
  content::MapDef map = content::open_field("field", 1'000, 1'000);
  map.monster_spawns = {{"wolf", {{units(500), units(600)}, {units(550), units(620)}}, 50}};
  const World world = test::make_world(map);
  for (const Position at : world.positions()) {
    EXPECT_TRUE(at.x >= units(500) && at.x < units(550) && at.y >= units(600) && at.y < units(620));
  }
}

TEST(Populate, LeavesOutKindsThatTheContentLacks) {
  content::MapDef map = content::open_field("field", 1'000, 1'000);
  map.monster_spawns = {{"dragon", {{}, {map.width, map.height}}, 5}};
  EXPECT_EQ(test::make_world(map).entities().alive_count(), 0u);
}

TEST(Populate, StopsWhenTheWorldIsFull) {
  const World world = test::make_world(test::scattered_map(1, 60, 10), {.entities_max = 7});
  EXPECT_EQ(world.entities().alive_count(), 7u);
}

}  // namespace
}  // namespace throng::sim
