#include "sim/skill/angles.h"

#include <gtest/gtest.h>

namespace throng::sim {
namespace {

Position mu(int x, int y) { return {{x}, {y}}; }

TEST(UnitTowards, HasLengthOneForShortAndLongWays) {
  EXPECT_EQ(unit_towards(mu(5, 5), mu(5, 5)), (UnitVector{0, 0}));
  EXPECT_EQ(unit_towards(mu(0, 0), mu(7, 0)), (UnitVector{1'000'000, 0}));
  EXPECT_EQ(unit_towards(mu(0, 0), mu(0, -131'072'000)), (UnitVector{0, -1'000'000}));
  for (const Position to : {mu(1, 1), mu(-3, 4), mu(100'000'000, 99'999'999), mu(131'072'000, -1)}) {
    const UnitVector unit = unit_towards(mu(0, 0), to);
    const std::int64_t square = unit.x * unit.x + unit.y * unit.y;
    EXPECT_LE(square, kMillion * kMillion);
    EXPECT_GE(square, (kMillion - 3) * (kMillion - 3));
  }
}

TEST(CosineOfHalfDegrees, KnowsTheFamousAngles) {
  const auto near = [](int half_degrees, std::int64_t wanted) {
    EXPECT_NEAR(static_cast<double>(cosine_of_half_degrees(half_degrees)), static_cast<double>(wanted), 2)
        << half_degrees;
  };
  near(0, 1'000'000);
  near(1, 999'962);
  near(60, 866'025);
  near(90, 707'107);
  near(120, 500'000);
  near(180, 0);
  near(240, -500'000);
  near(360, -1'000'000);
}

TEST(CosineOfHalfDegrees, FallsAllTheWay) {
  for (int i = 0; i < 360; ++i) EXPECT_GT(cosine_of_half_degrees(i), cosine_of_half_degrees(i + 1)) << i;
}

}  // namespace
}  // namespace throng::sim
