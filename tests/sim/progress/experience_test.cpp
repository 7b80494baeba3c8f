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

TEST(GiveExperience, EventsScaleWhatKillsAndQuestsGive) {
  content::GameContent game = test::small_game();
  game.world_events.resize(2);
  game.world_events[0].running = game.world_events[1].running = true;
  game.world_events[0].experience_percent = 200;
  game.world_events[1].experience_percent = 75;
  Battle battle(std::move(game));
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)});
  TickContext ctx = battle.context();
  for (const Source source : {Source::Kill, Source::Quest, Source::Achievement, Source::GameMaster, Source::Death}) {
    give_experience(battle.state, ctx, hero, source == Source::Death ? -5 : 5, source);
  }
  std::vector<std::int64_t> amounts;
  for (const ExperienceGained& gained : events_of<ExperienceGained>(battle.events)) amounts.push_back(gained.amount);
  EXPECT_EQ(amounts, (std::vector<std::int64_t>{7, 7, 5, 5, -5}));  // 7.5 is rounded down
}

TEST(GiveExperience, AnEventMayTakeAllOfItAndTheLargestStaysWithinBounds) {
  content::GameContent game = test::small_game();
  game.world_events.resize(1);
  game.world_events[0].running = true;
  game.world_events[0].experience_percent = 0;
  Battle none(game);
  TickContext quiet = none.context();
  give_experience(none.state, quiet, none.add_player(1, {units(100), units(100)}), 50, Source::Kill);
  EXPECT_TRUE(events_of<ExperienceGained>(none.events).empty());
  game.world_events[0].experience_percent = content::kEventPercentMax;
  Battle most(std::move(game));
  const EntityIndex hero = most.add_player(1, {units(100), units(100)});
  TickContext ctx = most.context();
  give_experience(most.state, ctx, hero, INT64_MAX, Source::Quest);
  EXPECT_EQ(most.state.player(hero).experience, most.state.content->balance.level_at.back());
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
