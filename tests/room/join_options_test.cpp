#include "room/join_options.h"

#include <gtest/gtest.h>

namespace throng::room {
namespace {

TEST(JoinOptions, GivesAValueOnlyAsTheTypeThatItHas) {
  JoinOptions options;
  options.add("name", std::string("Ann"));
  options.add("x", 12.5);
  options.add("quiet", true);
  EXPECT_EQ(options.text("name"), "Ann");
  EXPECT_EQ(options.number("x"), 12.5);
  EXPECT_FALSE(options.number("name"));
  EXPECT_FALSE(options.text("x"));
  EXPECT_FALSE(options.text("quiet"));
}

TEST(JoinOptions, HasNothingUnderAnUnknownName) {
  EXPECT_FALSE(JoinOptions().text("name"));
  EXPECT_FALSE(JoinOptions().number("x"));
}

TEST(JoinOptions, IgnoresWhatComesBehindTheLimit) {
  JoinOptions options;
  for (std::size_t i = 0; i <= JoinOptions::kOptionsMax; ++i)
    options.add("n" + std::to_string(i), static_cast<double>(i));
  EXPECT_TRUE(options.number("n" + std::to_string(JoinOptions::kOptionsMax - 1)));
  EXPECT_FALSE(options.number("n" + std::to_string(JoinOptions::kOptionsMax)));
}

}  // namespace
}  // namespace throng::room
