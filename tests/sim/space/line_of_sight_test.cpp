#include "sim/space/line_of_sight.h"

#include <gtest/gtest.h>

#include "base/rng.h"
#include "sim/sim_fixtures.h"

namespace throng::sim {
namespace {

using test::cell_corner;
using test::cell_middle;
using test::drawn_map;

TEST(LineOfSight, EndsAtAWall) {
  const auto map = drawn_map({"       ", "   #   ", "       "});
  EXPECT_FALSE(way_clear(map.walk, cell_middle(0, 1), cell_middle(6, 1), {0}));
  EXPECT_TRUE(way_clear(map.walk, cell_middle(0, 0), cell_middle(6, 0), {0}));
  EXPECT_FALSE(way_clear(map.walk, cell_middle(0, 0), cell_middle(6, 2), {0}));
  EXPECT_FALSE(way_clear(map.walk, cell_middle(3, 0), cell_middle(3, 2), {0}));
  EXPECT_FALSE(way_clear(map.walk, cell_middle(0, 0), {units(90), units(4)}, {0}));
}

TEST(LineOfSight, ABodyNeedsMoreRoomThanALook) {
  const auto map = drawn_map({"       ", "       ", "   #   ", "       "});
  EXPECT_TRUE(way_clear(map.walk, cell_middle(0, 1), cell_middle(6, 1), {0}));
  EXPECT_FALSE(way_clear(map.walk, cell_middle(0, 1), cell_middle(6, 1), units(6)));
  EXPECT_TRUE(way_clear(map.walk, {units(8), units(10)}, {units(48), units(10)}, units(6)));
}

TEST(LineOfSight, ABodyFitsThroughAGapOfItsSize) {
  const auto map = drawn_map({"########", "        ", "        ", "########"});
  EXPECT_TRUE(way_clear(map.walk, cell_corner(1, 2), cell_corner(7, 2), units(8)));
  EXPECT_FALSE(way_clear(map.walk, cell_corner(1, 2), {units(56), {units(16).value + 1}}, units(8)));
}

/// The definition, slowly: the body at many places on the way.
bool clear_in_small_steps(const content::WalkGrid& walk, Position from, Position to, Milliunits half) {
  constexpr int kSteps = 2'000;
  for (std::int64_t i = 0; i <= kSteps; ++i) {
    const auto between = [&](Milliunits a, Milliunits b) {
      return Milliunits{static_cast<std::int32_t>(a.value + (std::int64_t{b.value} - a.value) * i / kSteps)};
    };
    const Position at{between(from.x, to.x), between(from.y, to.y)};
    if (walk.area_blocked({at.x - half, at.y - half}, {at.x + half, at.y + half})) return false;
  }
  return true;
}

TEST(LineOfSight, NeverPromisesAWayThatIsBlocked) {
  int clear = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(testing::Message() << "--seed=" << seed);
    const auto map = test::scattered_map(seed, 20);
    Rng rng(seed);
    for (int i = 0; i < 60; ++i) {
      const Position from{{rng.between(0, 159'999)}, {rng.between(0, 159'999)}};
      const Position to{{rng.between(0, 159'999)}, {rng.between(0, 159'999)}};
      const Milliunits half{rng.between(1, 8'000)};
      const bool promised = way_clear(map.walk, from, to, half);
      ASSERT_EQ(promised, way_clear(map.walk, to, from, half));
      clear += promised ? 1 : 0;
      if (promised) {
        ASSERT_TRUE(clear_in_small_steps(map.walk, from, to, half));
      }
    }
  }
  EXPECT_GT(clear, 20);
}

TEST(LineOfSight, IsClearAcrossAnOpenField) {
  const auto map = content::open_field("field", 800, 800);
  Rng rng(3);
  for (int i = 0; i < 500; ++i) {
    const Position from{{rng.between(6'000, 794'000)}, {rng.between(6'000, 794'000)}};
    const Position to{{rng.between(6'000, 794'000)}, {rng.between(6'000, 794'000)}};
    ASSERT_TRUE(way_clear(map.walk, from, to, units(6)));
  }
}

}  // namespace
}  // namespace throng::sim
