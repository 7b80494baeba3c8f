#include "sim/space/spawn_spot.h"

#include <gtest/gtest.h>

#include "sim/sim_fixtures.h"

namespace throng::sim {
namespace {

using test::cell_corner;
using test::cell_middle;
using test::drawn_map;

constexpr Milliunits kSpotBody = units(6);
constexpr Milliunits kSpotCell = units(8);

TEST(NearestSpot, IsTheWantedPlaceWhereABodyFits) {
  const auto map = content::open_field("field", 100, 100);
  EXPECT_EQ(nearest_spot(Ground(map, kSpotBody), kSpotCell, {{33'333}, {44'444}}), (Position{{33'333}, {44'444}}));
  EXPECT_EQ(nearest_spot(Ground(map, kSpotBody), kSpotCell, {{-7}, units(500)}), (Position{units(6), units(94)}));
}

TEST(NearestSpot, FindsTheOnlyHole) {
  const auto map = drawn_map({"##########", "##########", "##########", "#######  #", "#######  #", "##########"});
  EXPECT_EQ(nearest_spot(Ground(map, kSpotBody), kSpotCell, {units(8), units(8)}), cell_corner(8, 4));
}

TEST(NearestSpot, TakesTheNearerOfTwo) {
  const auto map =
      drawn_map({"##############", "#   #####   ##", "#   #####   ##", "#   #####   ##", "##############"});
  const auto spot = nearest_spot(Ground(map, kSpotBody), kSpotCell, cell_middle(5, 2));
  ASSERT_TRUE(spot.has_value());
  EXPECT_LT(spot->x, units(32));
}

TEST(NearestSpot, IsNothingWhereThereIsNoGround) {
  const auto map = drawn_map({"###", "# #", "###"});
  EXPECT_FALSE(nearest_spot(Ground(map, kSpotBody), kSpotCell, {}).has_value());
  const auto tiny = content::open_field("tiny", 4, 4);
  EXPECT_FALSE(nearest_spot(Ground(tiny, kSpotBody), kSpotCell, {}).has_value());
}

TEST(SpotInArea, IsInTheAreaAndClear) {
  const auto map = drawn_map({"########", "##    ##", "##    ##", "##    ##", "##    ##", "########"});
  const content::MapArea area{cell_corner(1, 1), cell_corner(6, 5)};
  Rng rng(4);
  for (int i = 0; i < 100; ++i) {
    const auto spot = spot_in_area(Ground(map, kSpotBody), kSpotCell, area, rng);
    ASSERT_TRUE(spot.has_value());
    EXPECT_TRUE(Ground(map, kSpotBody).fits(*spot));
  }
}

TEST(SpotInArea, OfAPointIsThatPoint) {
  const auto map = content::open_field("field", 100, 100);
  Rng rng(4);
  const Position point{units(40), units(50)};
  EXPECT_EQ(spot_in_area(Ground(map, kSpotBody), kSpotCell, {point, point}, rng), point);
}

TEST(SpotInArea, IsBesideAnAreaThatIsAllWall) {
  const auto map = drawn_map({"     #", "     #", "######"});
  Rng rng(4);
  const auto spot = spot_in_area(Ground(map, kSpotBody), kSpotCell, {cell_corner(5, 0), cell_corner(6, 3)}, rng);
  ASSERT_TRUE(spot.has_value());
  EXPECT_TRUE(Ground(map, kSpotBody).fits(*spot));
}

}  // namespace
}  // namespace throng::sim
