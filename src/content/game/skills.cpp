#include "content/game/skills.h"

#include <fmt/format.h>

#include "content/game/effects.h"
#include "content/game/file_descriptions.h"
#include "content/game/game_fields.h"

namespace throng::content {
namespace {

ChoiceField<SkillType> skill_types() {
  return {.names = {{"attack", SkillType::Attack},
                    {"heal", SkillType::Heal},
                    {"defence", SkillType::Defence},
                    {"movement", SkillType::Movement},
                    {"control", SkillType::Control},
                    {"summon", SkillType::Summon}},
          .required = true,
          .help = "For menus and icons"};
}

ChoiceField<SkillShape> skill_shapes() {
  return {.names = {{"self", SkillShape::Self},
                    {"target", SkillShape::Target},
                    {"circle", SkillShape::Circle},
                    {"cone", SkillShape::Cone},
                    {"line", SkillShape::Line}},
          .required = true,
          .help =
              "self: the caster; target: one in range; circle: all within radius of the target, or of the caster "
              "with range 0; cone: within range and angle; line: a lane of radius to both sides"};
}

ChoiceField<TargetRule> target_rules() {
  return {.names = {{"enemy", TargetRule::Enemy},
                    {"ally", TargetRule::Ally},
                    {"self", TargetRule::Self},
                    {"any", TargetRule::Any}},
          .required = false,
          .help = "Whom it may hit"};
}

void check_skill(JsonObject& object, SkillDef& skill) {
  const auto needs = [&](std::string_view member, Milliunits length, std::string_view shape) {
    if (length.value > 0) return;
    object.value().report(fmt::format("found shape \"{}\" with {} 0, expected more", shape, member));
  };
  const bool far = skill.target != TargetRule::Self;
  if (skill.shape == SkillShape::Target && far) needs("range_units", skill.range, "target");
  if (skill.shape == SkillShape::Circle) needs("radius_units", skill.radius, "circle");
  if (skill.shape == SkillShape::Cone) needs("range_units", skill.range, "cone");
  if (skill.shape == SkillShape::Line) {
    needs("range_units", skill.range, "line");
    needs("radius_units", skill.radius, "line");
  }
  if (skill.needs_book && skill.monsters_only) {
    object.value().report("found both needs_book and monsters_only, expected at most one: monsters do not read");
  }
}

std::vector<Field<SkillDef>> learning_fields() {
  using S = SkillDef;
  return {
      field("name", &S::name, {.bytes_min = 1, .bytes_max = 64, .required = true, .help = "Shown to players"}),
      field("description", &S::description, {.bytes_max = 400, .help = "Shown to players"}),
      choice_field("type", &S::type, skill_types()),
      field("level", &S::level, {.min = 1, .max = kLevelMax, .help = "Level of a character that has it"}),
      field("needs_book", &S::needs_book, {.help = "Learnt from an item only; otherwise known at `level`"}),
      field("monsters_only", &S::monsters_only, {.help = "Characters never have it"}),
      field("icon", &S::icon, {.bytes_max = 64, .help = "Name of the picture"}),
      field("animation", &S::animation, {.bytes_max = 64, .help = "Name of what clients show"}),
  };
}

std::vector<Field<SkillDef>> casting_fields() {
  using S = SkillDef;
  return {
      field("mana_cost", &S::mana_cost, {.min = 0, .max = 1'000'000, .help = "Mana that a cast takes"}),
      field("cooldown_ms", &S::cooldown_ms, milliseconds("Until it can be cast again")),
      field("global_cooldown_ms", &S::global_cooldown_ms, milliseconds("Until any other skill can be", 0, 60'000)),
      field("cast_ms", &S::cast_ms, milliseconds("From the order to the effect; 0: at once", 0, 60'000)),
      field("range_units", &S::range, {.min = 0, .max = 10'000, .help = "How far it reaches"}),
      field("radius_units", &S::radius, {.min = 0, .max = 10'000, .help = "Of a circle; half the width of a line"}),
      field("angle_deg", &S::angle_deg, {.min = 1, .max = 360, .help = "Full opening of a cone"}),
      choice_field("shape", &S::shape, skill_shapes()),
      choice_field("target", &S::target, target_rules()),
      field("targets_max", &S::targets_max, {.min = 1, .max = 64, .help = "The nearest first"}),
  };
}

}  // namespace

Description<SkillDef> skill_description(std::span<const EffectFormat> effects) {
  Description<SkillDef> description{.help = "A skill", .fields = learning_fields(), .check = check_skill};
  for (Field<SkillDef>& one : casting_fields()) description.fields.push_back(std::move(one));
  description.fields.push_back(effects_field(effects));
  return description;
}

Result<std::vector<SkillDef>> parse_skills(std::string_view text, std::string_view file,
                                           std::span<const EffectFormat> effects) {
  const Description<SkillDef> skill = skill_description(effects);
  return parse_defs(text, file, skills_file(skill));
}

std::string json_schema_for_skills(std::span<const EffectFormat> effects) {
  const Description<SkillDef> skill = skill_description(effects);
  return schema_of(skills_file(skill));
}

}  // namespace throng::content
