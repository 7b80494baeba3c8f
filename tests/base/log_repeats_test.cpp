#include "base/log_repeats.h"

#include <gtest/gtest.h>

namespace throng {
namespace {

class LogRepeatsTest : public ::testing::Test {
 protected:
  std::optional<std::uint64_t> pass(std::string_view kind, unsigned per_second = 1) {
    return repeats.pass(kind, per_second, LogLevel::Warning, "the text", clock.now());
  }
  ManualClock clock;
  LogRepeats repeats;
};

TEST_F(LogRepeatsTest, LetsSoManyOfABurstPass) {
  EXPECT_EQ(pass("a", 2), 0u);
  EXPECT_EQ(pass("a", 2), 0u);
  EXPECT_EQ(pass("a", 2), std::nullopt);
  EXPECT_EQ(pass("b", 2), 0u);
}

TEST_F(LogRepeatsTest, TellTheNextHowManyWereHeldBack) {
  EXPECT_EQ(pass("a"), 0u);
  EXPECT_EQ(pass("a"), std::nullopt);
  EXPECT_EQ(pass("a"), std::nullopt);
  clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(pass("a"), 2u);
  clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(pass("a"), 0u);
}

TEST_F(LogRepeatsTest, TellABurstThatEndsWithoutANext) {
  pass("a");
  pass("a");
  EXPECT_TRUE(repeats.take_over(clock.now()).empty());
  clock.advance(std::chrono::seconds(1));
  const std::vector<HeldBack> over = repeats.take_over(clock.now());
  ASSERT_EQ(over.size(), 1u);
  EXPECT_EQ(over[0].lines, 1u);
  EXPECT_EQ(over[0].text, "the text");
  EXPECT_EQ(over[0].level, LogLevel::Warning);
  EXPECT_TRUE(repeats.take_over(clock.now()).empty());
  EXPECT_EQ(pass("a"), 0u);
}

TEST_F(LogRepeatsTest, TellEverythingAtTheEnd) {
  pass("a");
  pass("a");
  EXPECT_EQ(repeats.take_over(clock.now(), true).size(), 1u);
}

TEST_F(LogRepeatsTest, DoNotGrowWithoutBound) {
  for (std::size_t i = 0; i < 3 * LogRepeats::kKindsMax; ++i) EXPECT_EQ(pass("kind " + std::to_string(i)), 0u);
  EXPECT_EQ(pass("one too many"), 0u);
  EXPECT_EQ(pass("one too many"), 0u);
  clock.advance(std::chrono::seconds(2));
  EXPECT_EQ(pass("one too many"), 0u);
  EXPECT_EQ(pass("one too many"), std::nullopt);
}

}  // namespace
}  // namespace throng
