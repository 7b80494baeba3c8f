#include "load/workload.h"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace throng::bench {
namespace {

TEST(ReferenceSide, SolvesTheDensityEquation) {
  for (int players : {10, 100, 500, 1000, 5000}) {
    const double rho = kViewUnits / reference_side_units(players);
    const double in_view = std::numbers::pi * rho * rho - 8.0 / 3 * std::pow(rho, 3) + std::pow(rho, 4) / 2;
    EXPECT_NEAR(in_view * (3.0 * players - 1), kOthersInView, 1e-6) << players;
  }
}

TEST(ReferenceSide, OfAHandfulOfPlayersIsOneView) {
  EXPECT_EQ(reference_side_units(1), kViewUnits);
  EXPECT_EQ(reference_side_units(0), kViewUnits);
}

TEST(ReferenceSide, PutsTwentyOthersInViewOfPlayersSpreadAtRandom) {
  constexpr int kPlayers = 200;
  const double side = reference_side_units(kPlayers);
  double in_view = 0;
  constexpr int kTrials = 2000;
  for (int trial = 0; trial < kTrials; ++trial) {
    const RandomWalk self(static_cast<std::uint64_t>(trial) * 2 + 1, side);
    const RandomWalk other(static_cast<std::uint64_t>(trial) * 2 + 2, side);
    if (std::hypot(self.x() - other.x(), self.y() - other.y()) < kViewUnits) in_view += 1.0 / kTrials;
  }
  EXPECT_NEAR(in_view * (3 * kPlayers - 1), kOthersInView, 5);
}

TEST(RandomWalk, StaysInTheSquareAndTakesStepsOfTheAskedLength) {
  RandomWalk walk(7, kCrowdSideUnits);
  for (int step = 0; step < 5000; ++step) {
    const double x = walk.x();
    const double y = walk.y();
    walk.advance(6);
    ASSERT_GE(walk.x(), 0);
    ASSERT_GE(walk.y(), 0);
    ASSERT_LE(walk.x(), kCrowdSideUnits);
    ASSERT_LE(walk.y(), kCrowdSideUnits);
    ASSERT_NEAR(std::hypot(walk.x() - x, walk.y() - y), 6, 1e-3);
  }
}

TEST(RandomWalk, TurnsSharplyByAQuarterTurnOrMore) {
  RandomWalk walk(3, 1000);
  for (int turn = 0; turn < 100; ++turn) {
    const double x = walk.heading_x();
    const double y = walk.heading_y();
    walk.turn_sharply();
    EXPECT_LE(x * walk.heading_x() + y * walk.heading_y(), 1e-9);
  }
}

TEST(RandomWalk, BeginsWhereItIsTold) {
  const RandomWalk walk(3, 1000, 12.5, 90.25);
  EXPECT_EQ(walk.x(), 12.5F);
  EXPECT_EQ(walk.y(), 90.25F);
}

}  // namespace
}  // namespace throng::bench
