#include "sim/ai/behaviours/patrol_goal.h"

#include <vector>

#include <gtest/gtest.h>

#include "sim/ai/ai_fixtures.h"

namespace throng::sim::test {
namespace {

content::GameContent with_route(content::RouteMode mode, int wait_ms) {
  content::GameContent game = bestiary();
  game.monsters[1].patrol = content::PatrolMode::Waypoint;
  game.monsters[1].patrol_speed = units(200);
  content::SpawnDef spawn = spawns_in(content::open_field("field", 2000, 2000), {{}, {units(9), units(9)}}, "boar", 1);
  spawn.route_mode = mode;
  spawn.route_wait_ms = wait_ms;
  spawn.waypoints = {Wilds::at(0), Wilds::at(200), Wilds::at(200, 200)};
  game.spawns = {spawn};
  return game;
}

EntityIndex patroller(Wilds& wilds) {
  TickContext ctx = wilds.context();
  const content::MonsterRef boar = *wilds.state.content->find_monster("boar");
  const EntityIndex index = *add_monster(wilds.state, ctx, boar, Wilds::kMiddle, content::SpawnRef{0});
  wilds.state.monster(index).decide_at = wilds.state.now;
  return index;
}

/// The order in which it comes near the points of the route.
std::vector<int> points_passed(Wilds& wilds, EntityIndex monster, int ticks) {
  std::vector<int> passed;
  const std::vector<Position>& route = wilds.state.content->spawns[0].waypoints;
  for (int i = 0; i < ticks; ++i) {
    wilds.tick();
    for (int point = 0; point < static_cast<int>(route.size()); ++point) {
      if (!within(wilds.place(monster), route[static_cast<std::size_t>(point)], units(25))) continue;
      if (passed.empty() || passed.back() != point) passed.push_back(point);
    }
  }
  return passed;
}

TEST(PatrolGoal, ALoopGoesRoundAndRound) {
  Wilds wilds(with_route(content::RouteMode::Loop, 0));
  const EntityIndex boar = patroller(wilds);
  const std::vector<int> passed = points_passed(wilds, boar, 300);
  ASSERT_GE(passed.size(), 7u);
  for (std::size_t i = 0; i < passed.size(); ++i) EXPECT_EQ(passed[i], static_cast<int>(i % 3));
}

TEST(PatrolGoal, PingPongGoesThereAndBack) {
  Wilds wilds(with_route(content::RouteMode::PingPong, 0));
  const EntityIndex boar = patroller(wilds);
  const std::vector<int> passed = points_passed(wilds, boar, 300);
  const std::vector<int> expected = {0, 1, 2, 1, 0, 1, 2};
  ASSERT_GE(passed.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(passed[i], expected[i]);
}

TEST(PatrolGoal, WaitsAtEachPoint) {
  Wilds wilds(with_route(content::RouteMode::Loop, 2'000));
  const EntityIndex boar = patroller(wilds);
  ASSERT_TRUE(wilds.reaches(boar, AiState::Patrol));
  ASSERT_TRUE(wilds.reaches(boar, AiState::Idle));
  const Tick rested = wilds.state.now;
  ASSERT_TRUE(wilds.reaches(boar, AiState::Patrol));
  EXPECT_GE(wilds.state.now - rested, Tick{40});
}

TEST(PatrolGoal, ACircleStaysAtItsRadius) {
  content::GameContent game = bestiary();
  game.monsters[1].patrol = content::PatrolMode::Circle;
  game.monsters[1].patrol_radius = units(100);
  game.monsters[1].patrol_speed = units(100);
  Wilds wilds(std::move(game));
  const EntityIndex boar = wilds.monster("boar");
  wilds.state.monster(boar).decide_at = wilds.state.now;
  wilds.tick(60);
  for (int i = 0; i < 300; ++i) {
    wilds.tick();
    EXPECT_TRUE(within(wilds.place(boar), Wilds::kMiddle, units(101)));
    EXPECT_FALSE(within(wilds.place(boar), Wilds::kMiddle, units(96)));
  }
}

TEST(PatrolGoal, AStrollerStaysNearHome) {
  Wilds wilds;
  const EntityIndex stroller = wilds.monster("stroller");
  wilds.state.monster(stroller).decide_at = wilds.state.now;
  bool moved = false;
  for (int i = 0; i < 1000; ++i) {
    wilds.tick();
    EXPECT_TRUE(within(wilds.place(stroller), Wilds::kMiddle, units(161)));
    moved = moved || !within(wilds.place(stroller), Wilds::kMiddle, units(20));
  }
  EXPECT_TRUE(moved);
}

TEST(PatrolGoal, AGuardGoesBackToItsPlace) {
  Wilds wilds;
  const EntityIndex guard = wilds.monster("boar");
  wilds.put(guard, Wilds::at(60));
  wilds.state.monster(guard).decide_at = wilds.state.now;
  wilds.tick(60);
  EXPECT_TRUE(within(wilds.place(guard), Wilds::kMiddle, units(2)));
  EXPECT_EQ(wilds.ai(guard), AiState::Idle);
}

}  // namespace
}  // namespace throng::sim::test
