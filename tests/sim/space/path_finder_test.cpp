#include "sim/space/path_finder.h"

#include <gtest/gtest.h>

#include "base/rng.h"
#include "sim/sim_fixtures.h"
#include "sim/space/ground.h"
#include "sim/space/line_of_sight.h"

namespace throng::sim {
namespace {

using test::cell_corner;
using test::cell_middle;
using test::drawn_map;

constexpr Milliunits kPathBody = units(6);

bool each_piece_is_clear(const content::WalkGrid& walk, Position from, const std::vector<Position>& waypoints) {
  for (const Position& next : waypoints) {
    if (!way_clear(walk, from, next, kPathBody)) return false;
    from = next;
  }
  return true;
}

TEST(PathFinder, GoesStraightWhereNothingIsInTheWay) {
  const auto map = content::open_field("field", 400, 400);
  PathFinder finder;
  std::vector<Position> waypoints;
  const Position to{{333'333}, {222'222}};
  EXPECT_EQ(finder.find(map.walk, {units(20), units(20)}, to, kPathBody, waypoints), PathOutcome::Reached);
  EXPECT_EQ(waypoints, (std::vector<Position>{to}));
}

TEST(PathFinder, GoesRoundAWall) {
  const auto map = drawn_map({
      "            ",
      "            ",
      "     #      ",
      "     #      ",
      "     #      ",
      "     #      ",
      "     #      ",
  });
  PathFinder finder;
  std::vector<Position> waypoints;
  const Position from = cell_corner(2, 5);
  const Position to = cell_corner(10, 5);
  EXPECT_EQ(finder.find(map.walk, from, to, kPathBody, waypoints), PathOutcome::Reached);
  EXPECT_EQ(waypoints.back(), to);
  EXPECT_TRUE(each_piece_is_clear(map.walk, from, waypoints));
  EXPECT_LE(waypoints.size(), 4u);
}

TEST(PathFinder, PassesAGapOfTwoCellsAndRefusesOneOfOne) {
  const auto wide = drawn_map({"    #    ", "    #    ", "         ", "         ", "    #    ", "    #    "});
  const auto narrow = drawn_map({"    #    ", "    #    ", "    #    ", "         ", "    #    ", "    #    "});
  PathFinder finder;
  std::vector<Position> waypoints;
  EXPECT_EQ(finder.find(wide.walk, cell_corner(2, 1), cell_corner(7, 1), kPathBody, waypoints), PathOutcome::Reached);
  EXPECT_TRUE(each_piece_is_clear(wide.walk, cell_corner(2, 1), waypoints));
  EXPECT_EQ(finder.find(narrow.walk, cell_corner(2, 1), cell_corner(7, 1), kPathBody, waypoints), PathOutcome::Partial);
  EXPECT_LT(waypoints.back().x, units(32));
}

TEST(PathFinder, DoesNotCutCorners) {
  // The only diagonal leads between two walls that touch at their corners.
  const auto map = drawn_map({"   ###", "   ###", "   ###", "###   ", "###   ", "###   "});
  PathFinder finder;
  std::vector<Position> waypoints;
  EXPECT_EQ(finder.find(map.walk, cell_middle(1, 1), cell_middle(4, 4), kPathBody, waypoints), PathOutcome::Partial);
  EXPECT_EQ(finder.find(map.walk, cell_middle(1, 1), cell_middle(4, 4), units(2), waypoints), PathOutcome::Partial);
}

TEST(PathFinder, ComesAsNearAsItCanToAPlaceInAWall) {
  const auto map = drawn_map({"          ", "          ", "          ", "          ", "       ###", "       ###"});
  PathFinder finder;
  std::vector<Position> waypoints;
  EXPECT_EQ(finder.find(map.walk, cell_corner(1, 1), cell_middle(9, 5), kPathBody, waypoints), PathOutcome::Partial);
  EXPECT_LT(distance_squared(waypoints.back(), cell_middle(9, 5)), std::int64_t{40'000} * 40'000);
}

TEST(PathFinder, IsStuckInsideAWall) {
  const auto map = drawn_map({"########", "########", "########", "########", "########", "###  ###"});
  PathFinder finder;
  std::vector<Position> waypoints{{}};
  EXPECT_EQ(finder.find(map.walk, cell_middle(1, 1), cell_middle(6, 1), kPathBody, waypoints), PathOutcome::Stuck);
  EXPECT_TRUE(waypoints.empty());
}

TEST(PathFinder, GivesUpAfterItsLimitWithTheBestSoFar) {
  // A wall with its only opening far away.
  content::MapDef map = content::open_field("field", 8'000, 8'000);
  for (int row = 1; row < 999; ++row) map.walk.block(500, row);
  map.walk.block(500, 0);
  PathFinder finder;
  std::vector<Position> waypoints;
  const Position from{units(3'000), units(4'000)};
  EXPECT_EQ(finder.find(map.walk, from, {units(5'000), units(4'000)}, kPathBody, waypoints), PathOutcome::Partial);
  EXPECT_GT(waypoints.back().x, units(3'900));
  EXPECT_TRUE(each_piece_is_clear(map.walk, from, waypoints));
}

TEST(PathFinder, GivesTheSameWayWhateverItDidBefore) {
  const auto map = test::scattered_map(5, 60);
  PathFinder used;
  std::vector<Position> again;
  std::vector<Position> fresh;
  Rng rng(6);
  for (int i = 0; i < 40; ++i) {
    const Position from{{rng.between(6'000, 474'000)}, {rng.between(6'000, 474'000)}};
    const Position to{{rng.between(6'000, 474'000)}, {rng.between(6'000, 474'000)}};
    PathFinder unused;
    ASSERT_EQ(used.find(map.walk, from, to, kPathBody, again), unused.find(map.walk, from, to, kPathBody, fresh));
    ASSERT_EQ(again, fresh);
  }
}

TEST(PathFinder, GivesWaysThatABodyCanWalk) {
  int reached = 0;
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    SCOPED_TRACE(testing::Message() << "--seed=" << seed);
    const auto map = test::scattered_map(seed, 50);
    Rng rng(seed);
    PathFinder finder;
    std::vector<Position> waypoints;
    for (int i = 0; i < 20; ++i) {
      const Position from{{rng.between(6'000, 394'000)}, {rng.between(6'000, 394'000)}};
      const Position to{{rng.between(6'000, 394'000)}, {rng.between(6'000, 394'000)}};
      if (!Ground(map, kPathBody).fits(from)) continue;
      const PathOutcome outcome = finder.find(map.walk, from, to, kPathBody, waypoints);
      ASSERT_TRUE(each_piece_is_clear(map.walk, from, waypoints));
      reached += outcome == PathOutcome::Reached ? 1 : 0;
    }
  }
  EXPECT_GT(reached, 50);
}

}  // namespace
}  // namespace throng::sim
