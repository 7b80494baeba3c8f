#include "content/game/spawns.h"

#include <gtest/gtest.h>

#include "content/game/parse_problem.h"
#include "content/game/small_set.h"

namespace throng::content {
namespace {

std::string spawn_file_problem(std::string_view members) {
  return test::parse_problem(parse_spawns, "spawns", "\"map\": \"m\", \"monster\": \"x\", " + std::string(members));
}

TEST(SpawnsFile, ReadsEveryMember) {
  const Result<std::vector<SpawnDef>> spawns = parse_spawns(test::small_spawns(), "spawns.json");
  ASSERT_TRUE(spawns.has_value()) << spawns.error().message;
  EXPECT_EQ((*spawns)[0].area, "pond");
  EXPECT_EQ((*spawns)[0].alternates[0].chance, BasisPoints{500});
  EXPECT_EQ((*spawns)[0].respawn_ms, -1);
  EXPECT_EQ((*spawns)[1].x, units(240));
  EXPECT_EQ((*spawns)[1].route_mode, RouteMode::PingPong);
  EXPECT_EQ((*spawns)[1].place, "spawns.json:6:15: $.spawns.wolves");
}

TEST(SpawnsFile, PlacesAreAnAreaOrAPoint) {
  EXPECT_EQ(spawn_file_problem(R"("count": 1)"),
            "f:1:18: $.spawns.a: found neither \"area\" nor \"x_units\" and \"y_units\", expected one of both");
  EXPECT_EQ(spawn_file_problem(R"("area": "b", "x_units": 4)"),
            "f:1:71: $.spawns.a.x_units: found it beside \"area\", expected one of both");
  EXPECT_EQ(spawn_file_problem(R"("area": "b", "route_wait_ms": 4)"),
            "f:1:77: $.spawns.a.route_wait_ms: found it without a route, expected the member \"route\"");
}

TEST(SpawnsFile, AlternatesLeaveRoomForTheUsualKind) {
  EXPECT_EQ(
      spawn_file_problem(
          R"("area": "b", "alternates": [{"monster": "y", "chance_bp": 6000}, {"monster": "z", "chance_bp": 6000}])"),
      "f:1:18: $.spawns.a: found alternates with chances of 12000 in total, expected at most 10000");
}

}  // namespace
}  // namespace throng::content
