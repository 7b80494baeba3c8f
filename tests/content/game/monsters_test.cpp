#include "content/game/monsters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "content/game/parse_problem.h"
#include "content/game/small_set.h"

namespace throng::content {
namespace {

std::string monster_problem(std::string_view members) {
  return test::parse_problem(parse_monsters, "monsters", "\"name\": \"A\", \"max_hp\": 9, " + std::string(members));
}

TEST(MonstersFile, ReadsEveryMember) {
  const Result<std::vector<MonsterDef>> monsters = parse_monsters(test::small_monsters(), "monsters.json");
  ASSERT_TRUE(monsters.has_value()) << monsters.error().message;
  ASSERT_EQ(monsters->size(), 4u);
  const MonsterDef& wolf = (*monsters)[2];
  EXPECT_EQ(wolf.id, "wolf");
  EXPECT_EQ(wolf.aggression, Aggression::Aggressive);
  EXPECT_EQ(wolf.patrol, PatrolMode::Waypoint);
  EXPECT_EQ(wolf.chase_speed, units(120));
  EXPECT_EQ(wolf.pack, "wolves");
  EXPECT_EQ(wolf.detection_range, MonsterDef{}.detection_range) << "left out: the default";
  const MonsterDef& king = (*monsters)[3];
  ASSERT_EQ(king.phases.size(), 2u);
  EXPECT_EQ(king.phases[1].damage_factor, BasisPoints{15'000});
  EXPECT_EQ(king.phases[0].shout, "More!");
  EXPECT_EQ(king.skills[0].phase_min, 1);
  EXPECT_EQ(king.skills[0].skill.id, "call_slimes");
}

TEST(MonstersFile, PhasesAreForBossesAndFall) {
  EXPECT_EQ(
      monster_problem(R"("phases": [{"health_below_bp": 5000}])"),
      "f:1:57: $.monsters.a.phases: found phases of a monster that is no boss, expected \"boss\": true beside them");
  EXPECT_EQ(monster_problem(R"("boss": true, "phases": [{"health_below_bp": 5000}, {"health_below_bp": 5000}])"),
            "f:1:99: $.monsters.a.phases[1]: found health_below_bp 5000 after 5000, expected falling shares");
  EXPECT_EQ(monster_problem(R"("skills": [{"skill": "x", "phase_min": 1}])"),
            "f:1:58: $.monsters.a.skills[0]: found phase_min 1, expected at most 0, the number of phases");
}

TEST(MonstersFile, RangesMakeSense) {
  EXPECT_EQ(monster_problem(R"("idle_ms_min": 500, "idle_ms_max": 400)"),
            "f:1:20: $.monsters.a: found idle_ms_min 500 above idle_ms_max 400, expected at most as much");
  EXPECT_EQ(monster_problem(R"("leash_range_units": 20)"),
            "f:1:20: $.monsters.a: found leash_range_units 20 below attack_range_units 32, expected at least as much");
  EXPECT_EQ(monster_problem(R"("level": 101)"),
            "f:1:56: $.monsters.a.level: found 101, expected an integer from 1 to 100");
}

TEST(MonstersFile, WordsAreGuessed) {
  EXPECT_EQ(monster_problem(R"("aggression": "agressive")"),
            "f:1:61: $.monsters.a.aggression: found \"agressive\", expected one of \"passive\", \"neutral\", "
            "\"aggressive\"; did you mean \"aggressive\"?");
  EXPECT_THAT(monster_problem(R"("chase_speed": 4)"), testing::EndsWith("; did you mean \"chase_speed_units_per_s\"?"));
}

}  // namespace
}  // namespace throng::content
