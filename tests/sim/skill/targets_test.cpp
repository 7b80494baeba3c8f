#include "sim/skill/targets.h"

#include <gtest/gtest.h>

#include "sim/game_fixtures.h"

namespace throng::sim {
namespace {

using content::SkillShape;
using content::TargetRule;
using test::Battle;

constexpr Position kMiddle{units(500), units(500)};

Position off(int dx, int dy) { return {units(500 + dx), units(500 + dy)}; }

struct Field : Battle {
  explicit Field(content::MapDef map = content::open_field("field", 1'000, 1'000))
      : Battle(test::small_game(), std::move(map)), hero(add_player(1, kMiddle)) {}

  /// The slimes that are hit, by the order in which they were added (from 0), in order of choice.
  std::vector<int> hits(const content::SkillDef& skill, Position aim, ActorRef target = {}) {
    const TickContext ctx = context();
    const CastTargets found = find_targets(state, ctx, hero, skill, target, aim);
    std::vector<int> numbers;
    for (std::size_t i = 0; i < found.count; ++i) {
      const auto place = std::find(slimes.begin(), slimes.end(), found.list[i].index);
      numbers.push_back(place == slimes.end() ? -1 : static_cast<int>(place - slimes.begin()));
    }
    return numbers;
  }
  void add_slimes(std::initializer_list<Position> places) {
    for (const Position at : places) slimes.push_back(add_foe("slime", at));
  }

  EntityIndex hero;
  std::vector<EntityIndex> slimes;
};

content::SkillDef shaped(SkillShape shape, int range, int radius, TargetRule rule = TargetRule::Enemy) {
  content::SkillDef skill = test::free_skill("shaped", shape, rule, {});
  skill.range = units(range);
  skill.radius = units(radius);
  return skill;
}

TEST(FindTargets, SelfIsTheCaster) {
  Field field;
  field.add_slimes({off(5, 0)});
  EXPECT_EQ(field.hits(shaped(SkillShape::Self, 0, 0, TargetRule::Self), kMiddle), std::vector<int>{-1});
}

TEST(FindTargets, ATargetIsTheOneAimedAt) {
  Field field;
  field.add_slimes({off(5, 0), off(9, 0)});
  const ActorRef second = field.state.ref(field.slimes[1]);
  EXPECT_EQ(field.hits(shaped(SkillShape::Target, 100, 0), off(9, 0), second), std::vector<int>{1});
  field.fighter(field.slimes[1]).hp = 0;
  EXPECT_TRUE(field.hits(shaped(SkillShape::Target, 100, 0), off(9, 0), second).empty());
}

TEST(FindTargets, ACircleIsRoundTheCasterOrRoundTheAim) {
  Field field;
  field.add_slimes({off(50, 0), off(51, 0), off(0, -49), off(200, 0)});
  EXPECT_EQ(field.hits(shaped(SkillShape::Circle, 0, 50), off(200, 0)), (std::vector<int>{2, 0}));
  EXPECT_EQ(field.hits(shaped(SkillShape::Circle, 300, 50), off(200, 0)), std::vector<int>{3});
}

TEST(FindTargets, AConeOpensTowardsTheAim) {
  Field field;
  field.add_slimes({off(90, 0), off(60, 59), off(60, 61), off(-50, 0), off(101, 0), off(60, -59)});
  content::SkillDef cone = shaped(SkillShape::Cone, 100, 0);
  cone.angle_deg = 90;
  EXPECT_EQ(field.hits(cone, off(10, 0)), (std::vector<int>{1, 5, 0}));
  cone.angle_deg = 360;
  EXPECT_EQ(field.hits(cone, off(10, 0)).size(), 5u) << "all but the one beyond its range";
  cone.angle_deg = 1;
  EXPECT_EQ(field.hits(cone, off(3, 0)), std::vector<int>{0}) << "a narrow one still hits what it points at";
}

TEST(FindTargets, ALineIsALaneThroughTheAim) {
  Field field;
  field.add_slimes({off(150, 10), off(150, 11), off(-5, 0), off(201, 0), off(3, -10)});
  EXPECT_EQ(field.hits(shaped(SkillShape::Line, 200, 10), off(20, 0)), (std::vector<int>{4, 0}));
  EXPECT_EQ(field.hits(shaped(SkillShape::Line, 200, 10), off(-20, 0)), std::vector<int>{2});
}

TEST(FindTargets, TheNearestAreChosenAndTiesGoToTheLowestId) {
  Field field;
  field.add_slimes({off(30, 0), off(0, 20), off(20, 0), off(-20, 0), off(0, 10)});
  content::SkillDef nova = shaped(SkillShape::Circle, 0, 100);
  nova.targets_max = 3;
  EXPECT_EQ(field.hits(nova, kMiddle), (std::vector<int>{4, 1, 2}));
}

TEST(FindTargets, NobodyIsHitBehindAWall) {
  content::MapDef map = content::open_field("field", 1'000, 1'000);
  for (int row = 50; row < 75; ++row) map.walk.block(66, row);  // x 528 to 536
  Field field(map);
  field.add_slimes({off(20, 0), off(50, 0)});
  EXPECT_EQ(field.hits(shaped(SkillShape::Circle, 0, 100), kMiddle), std::vector<int>{0});
}

TEST(FindTargets, TheRuleDecidesWho) {
  Field field;
  field.add_slimes({off(10, 0)});
  const EntityIndex friendly = field.add_player(2, off(0, 20));
  EXPECT_EQ(field.hits(shaped(SkillShape::Circle, 0, 50, TargetRule::Enemy), kMiddle), std::vector<int>{0});
  EXPECT_EQ(field.hits(shaped(SkillShape::Circle, 0, 50, TargetRule::Ally), kMiddle), (std::vector<int>{-1, -1}));
  EXPECT_EQ(field.hits(shaped(SkillShape::Circle, 0, 50, TargetRule::Any), kMiddle), (std::vector<int>{-1, 0, -1}));
  EXPECT_EQ(check_rule(field.state, field.hero, TargetRule::Enemy, friendly), Verdict::SafeZone);
  EXPECT_EQ(check_rule(field.state, field.hero, TargetRule::Ally, field.slimes[0]), Verdict::WrongTarget);
  EXPECT_EQ(check_rule(field.state, field.hero, TargetRule::Self, friendly), Verdict::WrongTarget);
  EXPECT_EQ(check_rule(field.state, field.hero, TargetRule::Any, friendly), Verdict::Accepted);
}

}  // namespace
}  // namespace throng::sim
