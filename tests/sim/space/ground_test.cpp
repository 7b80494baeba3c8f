#include "sim/space/ground.h"

#include <gtest/gtest.h>

#include "base/rng.h"
#include "sim/sim_fixtures.h"

namespace throng::sim {
namespace {

using test::cell_corner;
using test::drawn_map;

constexpr Milliunits kGroundBody = units(6);

TEST(Ground, ABodyFitsExactlyBetweenTwoWalls) {
  const auto map = drawn_map({"######", "#    #", "#    #", "######"});
  const Ground ground(map, units(8));
  EXPECT_TRUE(ground.fits(cell_corner(2, 2)));
  EXPECT_FALSE(ground.fits({units(16), {units(16).value + 1}}));
  EXPECT_FALSE(ground.fits({{-2'000'000'000}, {2'000'000'000}}));
}

TEST(Ground, StopsFlushAgainstAWall) {
  const auto map = drawn_map({"          ", "          ", "       #  ", "          ", "          "});
  const Ground ground(map, kGroundBody);
  const Slide slide = ground.slide({units(20), units(20)}, 100'000, 0);
  EXPECT_EQ(slide.position, (Position{units(50), units(20)}));
  EXPECT_TRUE(slide.hit_x);
  EXPECT_FALSE(slide.hit_y);
  EXPECT_EQ(ground.slide({units(70), units(20)}, -30'000, 0).position, (Position{units(70), units(20)}));
}

TEST(Ground, SlidesAlongAWall) {
  const auto map = drawn_map({"          ", "          ", "##########", "          "});
  const Ground ground(map, kGroundBody);
  const Slide slide = ground.slide({units(10), units(8)}, 5'000, 5'000);
  EXPECT_EQ(slide.position, (Position{units(15), units(10)}));
  EXPECT_TRUE(slide.hit_y);
  EXPECT_FALSE(slide.hit_x);
}

TEST(Ground, StopsAtTheEdgeOfTheMap) {
  const auto map = content::open_field("field", 100, 60);
  const Ground ground(map, kGroundBody);
  EXPECT_EQ(ground.slide({units(50), units(30)}, 1'000'000, -1'000'000).position, (Position{units(94), units(6)}));
  EXPECT_EQ(ground.inside({{-5}, units(90)}), (Position{units(6), units(54)}));
}

TEST(Ground, NeverTunnelsThroughAThinWallHoweverFast) {
  const std::string row = std::string(40, ' ') + "#" + std::string(40, ' ');
  const auto map = drawn_map({row, row, row});
  const Ground ground(map, kGroundBody);
  for (std::int32_t step = 1; step < 700'000; step = step * 3 + 1) {
    EXPECT_LE(ground.slide({units(100), units(12)}, step, step / 7).position.x, units(314)) << step;
    EXPECT_GE(ground.slide({units(500), units(12)}, -step, -step / 7).position.x, units(334)) << step;
  }
}

TEST(Ground, WhatFitsStillFitsAfterAnySlide) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(testing::Message() << "--seed=" << seed);
    const auto map = test::scattered_map(seed, 40);
    Rng rng(seed);
    const Ground ground(map, {rng.between(1, 9'000)});
    Position at{{rng.between(0, 320'000)}, {rng.between(0, 320'000)}};
    while (!ground.fits(at)) at = {{rng.between(0, 320'000)}, {rng.between(0, 320'000)}};
    for (int i = 0; i < 500; ++i) {
      const std::int32_t reach = 1 << rng.below(18);
      at = ground.slide(at, rng.between(-reach, reach), rng.between(-reach, reach)).position;
      ASSERT_TRUE(ground.fits(at));
    }
  }
}

}  // namespace
}  // namespace throng::sim
