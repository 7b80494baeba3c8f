#include "sim/space/motion.h"

#include <gtest/gtest.h>

#include "base/rng.h"

namespace throng::sim {
namespace {

std::int64_t distance_after(std::int32_t direction, Milliunits speed, int rate, int ticks) {
  Motion motion;
  set_course(motion, {{direction}, {}}, speed, rate);
  std::int64_t sum = 0;
  for (int i = 0; i < ticks; ++i) sum += take_step(motion.step_x, motion.part_x, motion.carried_x, motion_scale(rate));
  return sum;
}

TEST(Motion, CoversExactlyTheSpeedInASecondAtAnyRate) {
  for (int rate = 1; rate <= 120; ++rate) {
    EXPECT_EQ(distance_after(10'000, units(160), rate, rate), 160'000) << rate;
    EXPECT_EQ(distance_after(-10'000, units(160), rate, rate), -160'000) << rate;
    EXPECT_EQ(distance_after(10'000, {159'997}, rate, rate * 60), 159'997 * 60) << rate;
  }
}

TEST(Motion, NeverDriftsByAMilliunit) {
  Motion motion;
  std::int64_t exact = 0;  // in 1 / scale milliunits
  std::int64_t sum = 0;
  Rng rng(5);
  for (int i = 0; i < 5'000; ++i) {
    const std::int32_t direction = rng.between(-10'000, 10'000);
    set_course(motion, {{}, {direction}}, {77'777}, 30);
    sum += take_step(motion.step_y, motion.part_y, motion.carried_y, motion_scale(30));
    exact += std::int64_t{77'777} * direction;
    ASSERT_EQ(sum * motion_scale(30) + motion.carried_y, exact);
  }
}

TEST(Direction, LongerThanOneIsShortenedAndNeverToMore) {
  EXPECT_EQ(shortened({10'000}, {10'000}), (Direction{{7'070}, {7'070}}));
  EXPECT_EQ(shortened({10'000}, {0}), (Direction{{10'000}, {0}}));
  EXPECT_EQ(shortened({3'000}, {-4'000}), (Direction{{3'000}, {-4'000}}));
  EXPECT_EQ(shortened({2'000'000'000}, {-2'000'000'000}), shortened({10'000}, {-10'000}));
  Rng rng(9);
  for (int i = 0; i < 2'000; ++i) {
    const Direction d = shortened({rng.between(-10'000, 10'000)}, {rng.between(-10'000, 10'000)});
    ASSERT_LE(d.x.value * d.x.value + d.y.value * d.y.value, 100'000'000);
    ASSERT_EQ(shortened(d.x, d.y), d);
  }
}

TEST(Direction, PointsFromOnePlaceToAnother) {
  EXPECT_EQ(towards({{0}, {0}}, {{30}, {-40}}), (Direction{{6'000}, {-8'000}}));
  EXPECT_EQ(towards({{5}, {5}}, {{5}, {5}}), Direction{});
  EXPECT_EQ(towards({{0}, {0}}, {{1'000'000'000}, {0}}), (Direction{{10'000}, {0}}));
}

}  // namespace
}  // namespace throng::sim
