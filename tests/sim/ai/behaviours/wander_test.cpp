#include "sim/ai/behaviours/wander.h"

#include <gtest/gtest.h>

#include "sim/sim_fixtures.h"

namespace throng::sim {
namespace {

struct Stroll {
  Milliunits speed = units(40);
  Milliunits radius = units(160);
  int idle_ms_min = 1'000;
  int idle_ms_max = 4'000;
};

/// One monster alone on a map, at a spawn of one point.
World lone_monster(content::MapDef map, Position home, const Stroll& stroll = {}, std::uint64_t seed = 1) {
  content::MonsterDef def;
  def.id = "lone";
  def.wander_speed = stroll.speed;
  def.wander_radius = stroll.radius;
  def.idle_ms_min = stroll.idle_ms_min;
  def.idle_ms_max = stroll.idle_ms_max;
  map.monster_spawns = {{"lone", {home, home}, 1}};
  return test::make_world(std::move(map), {}, seed, {{def}});
}

TEST(Wander, StaysWithinItsRadiusOnOpenGround) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(testing::Message() << "--seed=" << seed);
    const Position home{units(500), units(500)};
    World world = lone_monster(content::open_field("field", 1'000, 1'000), home,
                               {.radius = units(60), .idle_ms_min = 0, .idle_ms_max = 300}, seed);
    for (int i = 0; i < 500; ++i) {
      world.tick({});
      ASSERT_LE(distance_squared(world.positions()[0], home), std::int64_t{60'050} * 60'050);
    }
  }
}

TEST(Wander, WalksToItsDestinationAtItsSpeed) {
  World world = lone_monster(content::open_field("field", 1'000, 1'000), {units(500), units(500)},
                             {.speed = units(40), .idle_ms_min = 0, .idle_ms_max = 0});
  while (world.monster({0}).activity == Activity::Idle) world.tick({});
  const Position destination = world.monster({0}).destination;
  Position last = world.positions()[0];
  while (true) {
    world.tick({});
    if (world.monster({0}).activity == Activity::Idle) break;
    EXPECT_LE(distance_squared(world.positions()[0], last), std::int64_t{2'002} * 2'002);
    last = world.positions()[0];
  }
  EXPECT_LT(distance_squared(world.positions()[0], destination), std::int64_t{2'100} * 2'100);
}

TEST(Wander, PausesForATimeInItsRange) {
  World world = lone_monster(content::open_field("field", 1'000, 1'000), {units(500), units(500)},
                             {.idle_ms_min = 1'000, .idle_ms_max = 2'000});
  int pause = 0;
  for (int i = 0; i < 2'000; ++i) {
    world.tick({});
    if (world.monster({0}).activity == Activity::Idle) {
      ++pause;
      ASSERT_LE(pause, 40);
    } else if (pause > 0) {
      ASSERT_GE(pause, 19);
      pause = 0;
    }
  }
}

TEST(Wander, GivesUpWhenSomethingIsInTheWay) {
  const auto map =
      test::drawn_map({"          ", "          ", "          ", "##########", "          ", "          "});
  WorldState state = test::make_state(map);
  const EntityIndex index = *state.add_entity(EntityKind::Monster, {units(40), units(18)});
  MonsterState& monster = state.monster(index);
  monster.activity = Activity::Moving;
  monster.home = {units(40), units(18)};
  state.motions[index.value].stalled = 1;
  std::vector<Event> events;
  TickContext ctx{{}, events, state.streams, Ground(*state.map, state.settings.body_half_size)};
  wander(state, ctx, index);
  EXPECT_EQ(monster.activity, Activity::Idle);
  EXPECT_TRUE(state.motions[index.value].rests());
}

TEST(Wander, StandsStillWithoutSpeedRadiusOrRoom) {
  const Position home{units(500), units(500)};
  World slow = lone_monster(content::open_field("field", 1'000, 1'000), home, {.speed = {0}});
  World rooted = lone_monster(content::open_field("field", 1'000, 1'000), home, {.radius = {0}});
  World walled = lone_monster(test::drawn_map({"####", "#  #", "#  #", "####"}), test::cell_corner(2, 2));
  test::tick_times(slow, 300);
  test::tick_times(rooted, 300);
  EXPECT_EQ(slow.positions()[0], home);
  EXPECT_EQ(rooted.positions()[0], home);
  for (int i = 0; i < 500; ++i) {
    walled.tick({});
    ASSERT_TRUE(Ground(walled.map(), units(6)).fits(walled.positions()[0]));
  }
}

}  // namespace
}  // namespace throng::sim
