#include "content/game/achievements.h"

#include <gtest/gtest.h>

#include "content/game/parse_problem.h"
#include "content/game/small_set.h"

namespace throng::content {
namespace {

TEST(AchievementsFile, ReadsEveryMember) {
  const Result<std::vector<AchievementDef>> all = parse_achievements(test::small_achievements(), "achievements.json");
  ASSERT_TRUE(all.has_value()) << all.error().message;
  EXPECT_EQ((*all)[1].deed, Deed::Kills);
  EXPECT_EQ((*all)[1].monster.id, "king");
  EXPECT_EQ((*all)[2].count, 5);
}

TEST(AchievementsFile, OnlyKillsAreOfAMonster) {
  EXPECT_EQ(test::parse_problem(parse_achievements, "achievements", R"("name": "A", "deed": "level", "monster": "m")"),
            "f:1:66: $.achievements.a.monster: found it with another deed, expected deed \"kills\"");
}

}  // namespace
}  // namespace throng::content
