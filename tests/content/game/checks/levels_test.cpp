#include <gtest/gtest.h>

#include "content/game/small_set.h"

namespace throng::content {
namespace {

using test::set_problems;
using test::small_set_with;

TEST(LevelsOfContent, AreThoseOfTheCurve) {
  EXPECT_EQ(set_problems(small_set_with("balance.json", "\"level_max\": 20", "\"level_max\": 4")),
            "quests.json:9:57: $.quests.cull.level: found 5, expected at most level_max 4 of balance.json\n"
            "achievements.json:6:63: $.achievements.level_5.count: found level 5, expected at most level_max 4 of "
            "balance.json");
}

}  // namespace
}  // namespace throng::content
