#include "content/game/skills.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "content/game/parse_problem.h"
#include "content/game/small_set.h"

namespace throng::content {
namespace {

Result<std::vector<SkillDef>> parse(std::string_view text, std::string_view file) {
  return parse_skills(text, file, test::small_formats());
}

std::string skill_problem(std::string_view members) {
  return test::parse_problem(
      parse, "skills",
      R"("name": "A", "type": "attack", "shape": "self", "effects": [{"type": "damage", "amount": 1}], )" +
          std::string(members));
}

std::string effect_problem(std::string_view effect) {
  return test::parse_problem(
      parse, "skills", R"("name": "A", "type": "attack", "shape": "self", "effects": [{)" + std::string(effect) + "}]");
}

TEST(SkillsFile, ReadsSkillsAndEffects) {
  const Result<std::vector<SkillDef>> skills = parse(test::small_skills(), "skills.json");
  ASSERT_TRUE(skills.has_value()) << skills.error().message;
  const SkillDef& fireball = skills->front();
  EXPECT_EQ(fireball.id, "fireball");
  EXPECT_EQ(fireball.range, units(200));
  EXPECT_EQ(fireball.cooldown_ms, 3000);
  ASSERT_EQ(fireball.effects.size(), 2u);
  EXPECT_EQ(fireball.effects[0].type, 0);
  EXPECT_EQ(fireball.effects[0].scaling, BasisPoints{5000});
  EXPECT_EQ(fireball.effects[0].element, Element::Fire);
  EXPECT_EQ(fireball.effects[1].type, 1);
  ASSERT_EQ(fireball.effects[1].when.size(), 1u);
  EXPECT_EQ(fireball.effects[1].when[0].share, BasisPoints{2500});
  EXPECT_EQ((*skills)[1].effects[0].stacking, Stacking::Strongest);
  EXPECT_EQ((*skills)[2].effects[0].monster.id, "slimelet");
}

TEST(SkillsFile, TheTypeOfAnEffectSaysItsMembers) {
  EXPECT_EQ(effect_problem(R"("type": "dammage", "amount": 3)"),
            "f:1:88: $.skills.a.effects[0].type: found \"dammage\", expected one of \"damage\", \"burn\", \"buff\", "
            "\"summon\"; did you mean \"damage\"?")
      << "members of an unknown type are not judged";
  EXPECT_EQ(effect_problem(R"("type": "damage", "amount": 3, "duration_ms": 5)"),
            "f:1:126: $.skills.a.effects[0].duration_ms: found an unknown key, expected one of \"type\", \"amount\", "
            "\"scaling_bp\", \"scale_by\", \"element\", \"on_caster\", \"when\"");
  EXPECT_EQ(effect_problem(R"("type": "burn", "amount": 3)"),
            "f:1:79: $.skills.a.effects[0]: found no member \"duration_ms\", expected one");
  EXPECT_EQ(effect_problem(R"("amount": 3)"), "f:1:79: $.skills.a.effects[0]: found no member \"type\", expected one");
}

TEST(SkillsFile, ConditionsHaveTheirMembersOnly) {
  const auto condition_problem = [](std::string_view condition) {
    return effect_problem(R"("type": "damage", "amount": 3, "when": [{)" + std::string(condition) + "}]");
  };
  EXPECT_EQ(condition_problem(R"("type": "chance")"),
            "f:1:120: $.skills.a.effects[0].when[0]: found no member \"share_bp\", expected one");
  EXPECT_EQ(condition_problem(R"("type": "has_buff")"),
            "f:1:120: $.skills.a.effects[0].when[0]: found no member \"status\", expected one");
  EXPECT_EQ(
      condition_problem(R"("type": "critical", "share_bp": 3)"),
      "f:1:153: $.skills.a.effects[0].when[0].share_bp: found it in a condition of another type, expected it only "
      "where it matters");
}

TEST(SkillsFile, ShapesNeedTheirLengths) {
  EXPECT_EQ(skill_problem(R"("mana_cost": 1)"), "none");
  const auto shape_problem = [](std::string_view shape) {
    return test::parse_problem(
        parse, "skills",
        R"("name": "A", "type": "attack", "effects": [{"type": "damage", "amount": 1}], )" + std::string(shape));
  };
  EXPECT_EQ(shape_problem(R"("shape": "target")"),
            "f:1:18: $.skills.a: found shape \"target\" with range_units 0, expected more");
  EXPECT_EQ(shape_problem(R"("shape": "circle", "range_units": 9)"),
            "f:1:18: $.skills.a: found shape \"circle\" with radius_units 0, expected more");
  EXPECT_EQ(shape_problem(R"("shape": "cone", "angle_deg": 60)"),
            "f:1:18: $.skills.a: found shape \"cone\" with range_units 0, expected more");
  EXPECT_EQ(shape_problem(R"("shape": "line", "range_units": 90)"),
            "f:1:18: $.skills.a: found shape \"line\" with radius_units 0, expected more");
}

TEST(SkillsFile, MonstersDoNotRead) {
  EXPECT_EQ(skill_problem(R"("needs_book": true, "monsters_only": true)"),
            "f:1:18: $.skills.a: found both needs_book and monsters_only, expected at most one: monsters do not read");
}

TEST(SkillsFile, TheSchemaHasABranchForEachTypeOfEffect) {
  const std::string schema = json_schema_for_skills(test::small_formats());
  EXPECT_THAT(schema, testing::HasSubstr(R"("if": {"properties": {"type": {"const": "burn"}}, "required": ["type"]})"));
  EXPECT_THAT(schema, testing::HasSubstr(R"("enum": ["damage", "burn", "buff", "summon"])"));
  EXPECT_TRUE(parse_json(schema, "schema").has_value());
}

}  // namespace
}  // namespace throng::content
