#include "sim/skill/skill_book.h"

#include <gtest/gtest.h>

#include "sim/game_fixtures.h"

namespace throng::sim {
namespace {

using test::Battle;
using test::events_of;

content::SkillDef book_skill(std::string id, int level) {
  content::SkillDef skill = test::free_skill(std::move(id), content::SkillShape::Self, content::TargetRule::Self, {});
  skill.level = level;
  return skill;
}

content::GameContent library() {
  content::SkillDef book = book_skill("tome", 1);
  book.needs_book = true;
  content::SkillDef beast = book_skill("bite", 1);
  beast.monsters_only = true;
  content::SkillDef old = book_skill("old", 1);
  old.retired = true;
  return test::small_game_with({book_skill("later", 3), book, beast, old});
}

TEST(SkillBook, TheLevelTeachesWhatNeedsNoBook) {
  Battle battle(library());
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)});
  PlayerState& player = battle.state.player(hero);
  EXPECT_EQ(player.skill_count, 4);
  EXPECT_NE(known_skill(player, battle.skill("fireball")), nullptr);
  EXPECT_EQ(known_skill(player, battle.skill("later")), nullptr);
  battle.fighter(hero).level = 3;
  TickContext ctx = battle.context();
  learn_by_level(battle.state, ctx, hero);
  EXPECT_EQ(player.skill_count, 5);
  EXPECT_EQ(events_of<SkillLearned>(battle.events).back().skill, battle.skill("later"));
}

TEST(SkillBook, SaysWhyASkillIsNotLearned) {
  Battle battle(library());
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)});
  TickContext ctx = battle.context();
  const auto learn = [&](std::string_view id) { return learn_skill(battle.state, ctx, hero, battle.skill(id)); };
  EXPECT_EQ(learn("tome"), Verdict::Accepted);
  EXPECT_EQ(learn("tome"), Verdict::AlreadyLearned);
  EXPECT_EQ(learn("later"), Verdict::LevelTooLow);
  EXPECT_EQ(learn("bite"), Verdict::UnknownSkill);
  EXPECT_EQ(learn("old"), Verdict::UnknownSkill);
  EXPECT_EQ(learn_skill(battle.state, ctx, hero, content::SkillRef{content::kNoNumber}), Verdict::UnknownSkill);
}

TEST(SkillBook, HoldsSoManyAndNoMore) {
  content::GameContent game = test::small_game();
  for (int i = 0; i < 40; ++i) game.skills.push_back(book_skill("skill" + std::to_string(i), 1));
  Battle battle(game);
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)});
  EXPECT_EQ(battle.state.player(hero).skill_count, kKnownSkillsMax);
  TickContext ctx = battle.context();
  EXPECT_EQ(learn_skill(battle.state, ctx, hero, battle.skill("skill39")), Verdict::SkillsFull);
}

}  // namespace
}  // namespace throng::sim
