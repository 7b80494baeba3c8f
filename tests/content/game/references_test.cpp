#include "content/game/references.h"

#include <gtest/gtest.h>

namespace throng::content {
namespace {

GameContent by_hand() {
  GameContent content;
  content.skills.resize(1);
  content.skills[0].id = "burning";
  content.skills[0].effects.resize(3);
  content.skills[0].effects[0].duration_ms = 100;
  content.skills[0].effects[1].status = "named";
  content.skills[0].effects[2].when.push_back({.type = ConditionType::HasBuff, .status = "named"});
  content.monsters.resize(1);
  content.monsters[0].id = "m";
  content.monsters[0].skills.resize(1);
  content.monsters[0].skills[0].skill.id = "burning";
  return content;
}

TEST(LinkByHand, ResolvesReferencesStatusesAndLevels) {
  const auto content = link_by_hand(by_hand());
  EXPECT_EQ(content->monsters[0].skills[0].skill.ref, SkillRef{0});
  EXPECT_FALSE(is_set(content->monsters[0].loot.ref));
  EXPECT_EQ(content->statuses, (std::vector<std::string>{"burning_0", "named"}));
  EXPECT_EQ(content->skills[0].effects[2].when[0].status_ref, StatusRef{1});
  EXPECT_FALSE(is_set(content->skills[0].effects[2].status_ref));
  EXPECT_EQ(content->balance.level_at.size(), 60u);
  EXPECT_EQ(content->balance.level_at[1], 100);
  EXPECT_EQ(content->find_monster("m"), MonsterRef{0});
  EXPECT_EQ(content->find_monster("n"), std::nullopt);
}

TEST(LinkByHandDeathTest, ANameOfNothingIsTheCallersBug) {
  GameContent content = by_hand();
  content.monsters[0].loot.id = "nothing";
  EXPECT_DEATH((void)link_by_hand(content), "nothing");
}

}  // namespace
}  // namespace throng::content
