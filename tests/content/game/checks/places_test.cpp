#include <gtest/gtest.h>

#include "content/game/small_set.h"

namespace throng::content {
namespace {

using test::set_problems;
using test::small_set_with;

std::string spawn_problem(std::string_view passage, std::string_view instead) {
  return set_problems(small_set_with("spawns.json", passage, instead));
}

TEST(PlacesOfContent, MapsMustExist) {
  EXPECT_EQ(spawn_problem("\"map\": \"cave\"", "\"map\": \"caves\""),
            "spawns.json:8:21: $.spawns.king.map: found \"caves\", expected the name of a map; did you mean \"cave\"?");
}

TEST(PlacesOfContent, AreasMustExistOnTheMap) {
  EXPECT_EQ(
      spawn_problem("\"area\": \"pond\"", "\"area\": \"pnd\""),
      "spawns.json:4:45: $.spawns.pond_slimes.area: found \"pnd\", expected the name of a monster_area of the map "
      "\"field\"; did you mean \"pond\"?");
  EXPECT_EQ(spawn_problem("\"area\": \"pond\"", "\"area\": \"hill\""),
            "spawns.json:4:45: $.spawns.pond_slimes.area: found \"hill\", expected the name of a monster_area of the "
            "map \"field\"")
      << "a place to visit is none";
  EXPECT_EQ(
      set_problems(small_set_with("quests.json", "\"area\": \"hill\"", "\"area\": \"hil\"")),
      "quests.json:5:64: $.quests.first_steps.objectives[0].area: found \"hil\", expected the name of a visit_area "
      "of the map \"field\"; did you mean \"hill\"?");
}

TEST(PlacesOfContent, SpawnsNeedWalkableGround) {
  EXPECT_EQ(
      spawn_problem("\"x_units\": 240, \"y_units\": 120, \"radius_units\": 32",
                    "\"x_units\": 168, \"y_units\": 20, \"radius_units\": 8"),
      "spawns.json:6:43: $.spawns.wolves.x_units: found nothing but walls round (168, 20), expected some walkable "
      "ground");
  EXPECT_EQ(spawn_problem("\"x_units\": 240", "\"x_units\": 1000"),
            "spawns.json:6:43: $.spawns.wolves.x_units: found (1000, 120), which is outside of the map, expected at "
            "most (320, 240)");
}

TEST(PlacesOfContent, RoutesMustExistAndBeWalkable) {
  EXPECT_EQ(
      spawn_problem("\"route\": \"round\"", "\"route\": \"ronud\""),
      "spawns.json:7:16: $.spawns.wolves.route: found \"ronud\", expected the name of a route of the map \"field\"; "
      "did you mean \"round\"?");
  EXPECT_EQ(set_problems(small_set_with("maps/field.tmj", "{\"x\": 200, \"y\": 40}", "{\"x\": 164, \"y\": 40}"))
                .substr(0, 26),
            "maps/field.tmj:8: object 5")
      << "the map itself refuses it";
}

TEST(PlacesOfContent, PatrolsAlongWaypointsNeedARoute) {
  EXPECT_EQ(spawn_problem(",\n      \"route\": \"round\", \"route_mode\": \"ping_pong\", \"route_wait_ms\": 2000", ""),
            "spawns.json:6:95: $.spawns.wolves.monster: found \"wolf\", which patrols along waypoints, in a spawn "
            "without a route, expected the member \"route\"");
}

TEST(PlacesOfContent, PeopleStandOnWalkableGround) {
  EXPECT_EQ(set_problems(small_set_with("npcs.json", "\"x_units\": 60", "\"x_units\": 165")),
            "npcs.json:4:59: $.npcs.elder.x_units: found (165, 40), which is a wall or outside of the map \"field\", "
            "expected walkable ground");
}

TEST(PlacesOfContent, PortalsLeadToMapsAndSpawnPoints) {
  EXPECT_EQ(
      set_problems(small_set_with("maps/field.tmj", "\"value\": \"cave\"", "\"value\": \"cavern\"")),
      "map \"field\": portal \"hole\" at (296, 216): found target_map \"cavern\", expected the name of a map; did "
      "you mean \"cave\"?");
  EXPECT_EQ(set_problems(small_set_with("maps/field.tmj", "\"value\": \"mouth\"", "\"value\": \"mouht\"")),
            "map \"field\": portal \"hole\" at (296, 216): found target_spawn \"mouht\", expected the name of a "
            "player_spawn of \"cave\"; did you mean \"mouth\"?");
}

}  // namespace
}  // namespace throng::content
