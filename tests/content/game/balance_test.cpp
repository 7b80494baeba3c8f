#include "content/game/balance.h"

#include <gtest/gtest.h>

#include "content/game/small_set.h"

namespace throng::content {
namespace {

TEST(BalanceFile, StatsThatAreLeftOutKeepTheirDefault) {
  const Result<BalanceDef> balance = parse_balance(test::small_balance(), "balance.json");
  ASSERT_TRUE(balance.has_value()) << balance.error().message;
  EXPECT_EQ(balance->start[Stat::MaxHp], 120);
  EXPECT_EQ(balance->start[Stat::MaxMana], 50);
  EXPECT_EQ(balance->start[Stat::CritDamage], 15'000);
  EXPECT_EQ(balance->per_level[Stat::MaxHp], 10);
  EXPECT_EQ(balance->per_level[Stat::MaxMana], 5);
  EXPECT_EQ(balance->bag_capacity, 30);
}

TEST(BalanceFile, EachLevelCostsItsShareMoreThanTheOneBefore) {
  EXPECT_EQ(level_table({.level_max = 5, .base = 100, .growth = BasisPoints{5000}}),
            (std::vector<std::int64_t>{0, 100, 250, 475, 812}));
  EXPECT_EQ(level_table({.level_max = 3, .base = 7, .growth = BasisPoints{0}}), (std::vector<std::int64_t>{0, 7, 14}));
}

TEST(BalanceFile, TheSteepestCurveStopsAtTheMost) {
  const std::vector<std::int64_t> levels =
      level_table({.level_max = kLevelMax, .base = 1'000'000, .growth = BasisPoints{10'000}});
  ASSERT_EQ(levels.size(), static_cast<std::size_t>(kLevelMax));
  EXPECT_EQ(levels.back(), kExperienceMax);
  EXPECT_TRUE(std::is_sorted(levels.begin(), levels.end()));
}

TEST(BalanceFile, CurvesThatNobodyCanClimbAreRefused) {
  const auto balance = parse_balance(R"({"experience": {"level_max": 100, "growth_bp": 9000}})", "balance.json");
  ASSERT_FALSE(balance.has_value());
  EXPECT_EQ(
      balance.error().message,
      "balance.json:1:16: $.experience: found a curve that asks for more experience than 1000000000000, expected a "
      "smaller base, growth or level_max");
}

}  // namespace
}  // namespace throng::content
