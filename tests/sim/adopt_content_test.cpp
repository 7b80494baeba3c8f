#include "sim/adopt_content.h"

#include <gtest/gtest.h>

#include "sim/game_fixtures.h"

namespace throng::sim {
namespace {

using test::events_of;

TEST(AdoptContent, PlayersWhoAreThereLearnNewSkillsOfTheirLevelAtOnce) {
  World world = test::game_world(content::open_field("field", 400, 400));
  const EntityIndex player = test::spawn_player(world, 1, {units(100), units(100)});
  content::SkillDef spark = test::free_skill("spark", content::SkillShape::Self, content::TargetRule::Self, {});
  content::SkillDef storm = spark;
  storm.id = storm.name = "storm";
  storm.level = 2;
  const auto told = events_of<SkillLearned>(world.adopt(content::link_by_hand(test::small_game_with({spark, storm}))));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].skill, world.content().find_skill("spark"));
  EXPECT_EQ(world.player(player).skill_count, 5);
}

content::GameContent with_achievement(content::Deed deed, int count) {
  content::GameContent game = test::small_game();
  content::AchievementDef made;
  made.id = made.name = "new_one";
  made.deed = deed;
  made.count = count;
  made.coins = 7;
  game.achievements = {made};
  return game;
}

TEST(AdoptContent, ANewAchievementForALevelThatIsReachedIsEarnedAtOnce) {
  for (const int wanted : {3, 9}) {
    SCOPED_TRACE(wanted);
    World world = test::game_world(content::open_field("field", 400, 400));
    const EntityIndex player = test::spawn_player(world, 1, {units(100), units(100)});
    const std::int64_t experience = world.content().balance.level_at[4];
    world.tick(std::vector<Intent>{GrantExperience{{1}, experience}});
    ASSERT_EQ(world.fighter(player).level, 5);
    const auto& output = world.adopt(content::link_by_hand(with_achievement(content::Deed::Level, wanted)));
    EXPECT_EQ(events_of<AchievementEarned>(output).size(), wanted == 3 ? 1u : 0u);
    EXPECT_EQ(world.state().inventory(player).coins, wanted == 3 ? 7 : 0);
    world.adopt(world.shared_content());
    EXPECT_EQ(world.state().inventory(player).coins, wanted == 3 ? 7 : 0) << "once";
  }
}

TEST(AdoptContent, ANewAchievementCountsFromTheNextTick) {
  World world = test::game_world(content::open_field("field", 400, 400));
  const EntityIndex player = test::spawn_player(world, 1, {units(100), units(100)});
  world.adopt(content::link_by_hand(with_achievement(content::Deed::ChatLines, 1)));
  EXPECT_EQ(events_of<AchievementEarned>(world.tick(std::vector<Intent>{NoteChat{{1}}})).size(), 1u);
  EXPECT_EQ(world.state().journal(player).deeds.size(), 1u);
}

}  // namespace
}  // namespace throng::sim
