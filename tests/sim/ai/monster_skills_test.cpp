#include "sim/ai/monster_skills.h"

#include <gtest/gtest.h>

#include "sim/ai/ai_fixtures.h"
#include "sim/skill/effects/effect_type.h"

namespace throng::sim::test {
namespace {

std::uint8_t effect_number(std::string_view name) {
  const auto& formats = effect_formats();
  for (std::size_t i = 0; i < formats.size(); ++i) {
    if (formats[i].name == name) return static_cast<std::uint8_t>(i);
  }
  return 0;
}

content::SkillDef bolt(std::string id, int amount) {
  content::SkillDef skill;
  skill.id = skill.name = std::move(id);
  skill.range = units(150);
  skill.cooldown_ms = 3'000;
  content::EffectDef damage;
  damage.type = effect_number("damage");
  damage.amount = amount;
  skill.effects = {damage};
  return skill;
}

content::MonsterSkillDef used(std::string id, int priority) {
  content::MonsterSkillDef skill;
  skill.skill.id = std::move(id);
  skill.priority = priority;
  return skill;
}

/// A boar that is a boss of three phases and knows two skills.
content::GameContent with_boss() {
  content::GameContent game = bestiary();
  game.skills = {bolt("spark", 5), bolt("storm", 10), bolt("wrath", 20)};
  content::MonsterDef& boss = game.monsters[1];
  boss.boss = true;
  boss.skills = {used("spark", 1), used("storm", 5)};
  content::BossPhaseDef second;
  second.health_below = {6'600};
  content::BossPhaseDef third;
  third.health_below = {3'300};
  third.damage_factor = {20'000};
  third.on_enter.id = "wrath";
  boss.phases = {second, third};
  return game;
}

std::vector<std::string> casts(const Wilds& wilds) {
  std::vector<std::string> names;
  for (const CastTold& told : wilds.told<CastTold>()) {
    if (told.stage == CastStage::Finished) names.push_back(wilds.state.content->skill(told.skill).id);
  }
  return names;
}

TEST(MonsterSkills, TheHighestPriorityThatIsReadyIsCast) {
  Wilds wilds(with_boss());
  const EntityIndex boss = wilds.monster("boar");
  wilds.fight(boss, wilds.player(Wilds::at(100)));
  wilds.tick(30);
  const auto names = casts(wilds);
  ASSERT_GE(names.size(), 2u);
  EXPECT_EQ(names[0], "storm");
  EXPECT_EQ(names[1], "spark");
}

TEST(MonsterSkills, ConditionsHold) {
  content::GameContent game = with_boss();
  game.monsters[1].skills[1].own_health_below = {5'000};
  Wilds wilds(std::move(game));
  const EntityIndex boss = wilds.monster("boar");
  wilds.fight(boss, wilds.player(Wilds::at(100)));
  wilds.tick(2);
  ASSERT_EQ(casts(wilds), std::vector<std::string>{"spark"});
  wilds.set_hp(boss, 50);
  wilds.tick(30);
  EXPECT_EQ(casts(wilds).at(1), "storm");
}

TEST(MonsterSkills, EveryPhaseBeginsOnceInAFight) {
  Wilds wilds(with_boss());
  const EntityIndex boss = wilds.monster("boar");
  const EntityIndex player = wilds.player(Wilds::at(20));
  wilds.hit(player, boss, 40);
  wilds.tick();
  EXPECT_EQ(wilds.state.monster(boss).phase, 1);
  wilds.set_hp(boss, 100);
  wilds.tick();
  EXPECT_EQ(wilds.state.monster(boss).phase, 1);
  wilds.set_hp(boss, 30);
  wilds.tick();
  EXPECT_EQ(wilds.state.monster(boss).phase, 2);
  EXPECT_EQ(wilds.state.fighter(boss).stats[content::Stat::Attack], 10);
  EXPECT_EQ(casts(wilds).back(), "wrath");
  EXPECT_EQ(wilds.told<BossPhaseBegan>().size(), 2u);
}

TEST(MonsterSkills, TheSkillOfAPhaseIsMadeUpForAfterAStun) {
  Wilds wilds(with_boss());
  const EntityIndex boss = wilds.monster("boar");
  wilds.hit(wilds.player(Wilds::at(20)), boss, 80);
  wilds.state.fighter(boss).stunned_until = wilds.state.now + Tick{10};
  wilds.tick(5);
  EXPECT_TRUE(casts(wilds).empty());
  wilds.tick(10);
  EXPECT_EQ(casts(wilds).front(), "wrath");
}

TEST(MonsterSkills, AFightThatIsGivenUpEndsThePhases) {
  Wilds wilds(with_boss());
  const EntityIndex boss = wilds.monster("boar");
  const EntityIndex player = wilds.player(Wilds::at(20));
  wilds.hit(player, boss, 80);
  wilds.tick();
  wilds.set_hp(player, 0);
  ASSERT_TRUE(wilds.reaches(boss, AiState::Idle));
  EXPECT_EQ(wilds.state.monster(boss).phase, 0);
  EXPECT_EQ(wilds.state.fighter(boss).stats[content::Stat::Attack], 5);
}

}  // namespace
}  // namespace throng::sim::test
