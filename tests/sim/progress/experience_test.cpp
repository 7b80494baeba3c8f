#include "sim/progress/experience.h"

#include <gtest/gtest.h>

#include "sim/game_fixtures.h"

namespace throng::sim {
namespace {

using test::Battle;
using test::events_of;

TEST(Experience, LevelsBeginWhereTheTableSays) {
  content::BalanceDef balance;
  balance.level_at = {0, 100, 225, 380};
  EXPECT_EQ(level_for(balance, 0), 1);
  EXPECT_EQ(level_for(balance, 99), 1);
  EXPECT_EQ(level_for(balance, 100), 2);
  EXPECT_EQ(level_for(balance, 1'000'000), 4);
  EXPECT_EQ(experience_at(balance, 3), 225);
  EXPECT_EQ(experience_at(balance, 0), 0);
  EXPECT_EQ(experience_at(balance, 99), 380);
}

TEST(GiveExperience, ALevelMakesWholeAndIsToldOnce) {
  Battle battle;
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)});
  battle.fighter(hero).hp = 1;
  TickContext ctx = battle.context();
  give_experience(battle.state, ctx, hero, experience_at(battle.state.content->balance, 4), Source::Quest);
  EXPECT_EQ(battle.fighter(hero).level, 4);
  EXPECT_EQ(battle.fighter(hero).hp, 130);
  const auto levels = events_of<LevelReached>(battle.events);
  ASSERT_EQ(levels.size(), 1u);
  EXPECT_EQ(levels[0].level, 4);
}

TEST(GiveExperience, TakesNoLevelBack) {
  Battle battle;
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)}, 3);
  const std::int64_t begin = battle.state.player(hero).experience;
  TickContext ctx = battle.context();
  give_experience(battle.state, ctx, hero, 10, Source::Kill);
  battle.events.clear();
  give_experience(battle.state, ctx, hero, -1'000'000, Source::Death);
  EXPECT_EQ(battle.state.player(hero).experience, begin);
  EXPECT_EQ(events_of<ExperienceGained>(battle.events)[0].amount, -10);
  battle.events.clear();
  give_experience(battle.state, ctx, hero, -5, Source::Death);
  EXPECT_TRUE(battle.events.empty()) << "nothing lost, nothing told";
}

TEST(GiveExperience, EndsAtTheLastLevel) {
  Battle battle;
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)});
  TickContext ctx = battle.context();
  give_experience(battle.state, ctx, hero, INT64_MAX, Source::GameMaster);
  EXPECT_EQ(battle.fighter(hero).level, battle.state.content->balance.experience.level_max);
  EXPECT_EQ(battle.state.player(hero).experience, battle.state.content->balance.level_at.back());
  battle.events.clear();
  give_experience(battle.state, ctx, hero, 5, Source::Kill);
  EXPECT_TRUE(battle.events.empty());
}

}  // namespace
}  // namespace throng::sim
