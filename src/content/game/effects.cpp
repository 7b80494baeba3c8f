#include "content/game/effects.h"

#include <memory>

#include "content/game/game_fields.h"

namespace throng::content {
namespace {

// ---- Conditions -----------------------------------------------------------------------------------------------

void check_condition(JsonObject& object, ConditionDef& condition) {
  const bool has_share = condition.type == ConditionType::Chance || condition.type == ConditionType::HealthBelow;
  const bool has_status = condition.type == ConditionType::HasBuff;
  const auto check_member = [&](std::string_view name, bool wanted) {
    const std::optional<JsonValue> member = object.optional(name);
    if (wanted && !member) object.value().report("found no member " + json_quoted(name) + ", expected one");
    if (!wanted && member) member->report("found it in a condition of another type, expected it only where it matters");
  };
  check_member("share_bp", has_share);
  check_member("status", has_status);
}

const Description<ConditionDef>& condition_description() {
  using C = ConditionDef;
  static const Description<C> description{
      .help = "Must hold for the effect to happen",
      .fields = {choice_field("type", &C::type,
                              ChoiceField<ConditionType>{.names = {{"chance", ConditionType::Chance},
                                                                   {"health_below", ConditionType::HealthBelow},
                                                                   {"has_buff", ConditionType::HasBuff},
                                                                   {"critical", ConditionType::Critical}},
                                                         .required = true,
                                                         .help = "chance: by luck; health_below: of the target; "
                                                                 "has_buff: the target has `status`; critical: the "
                                                                 "cast's hit was critical"}),
                 field("share_bp", &C::share, share("chance, health_below: the share")),
                 field("status", &C::status, {.form = TextForm::Name, .help = "has_buff: name of the status"})},
      .check = check_condition};
  return description;
}

// ---- Effects --------------------------------------------------------------------------------------------------

/// `type` has been read already; here it is only part of the schema.
Field<EffectDef> type_field(std::string_view name) {
  return {"type",
          true,
          [](const JsonValue&, EffectDef&) {},
          [name](JsonWriter& out, const EffectDef&) {
            out.key("const");
            out.text(name);
          },
          {}};
}

std::vector<Field<EffectDef>> common_effect_fields() {
  using E = EffectDef;
  return {field("on_caster", &E::on_caster, {.help = "Goes to the caster, whatever the skill's target"}),
          array_field("when", &E::when, condition_description(),
                      {.size_min = 0,
                       .size_max = kConditionsMax,
                       .required = false,
                       .help = "Happens only when all of these hold"})};
}

/// One description per format, in their order.
using EffectDescriptions = std::vector<Description<EffectDef>>;

EffectDescriptions describe_effects(std::span<const EffectFormat> formats) {
  EffectDescriptions all;
  for (const EffectFormat& format : formats) {
    Description<EffectDef> one{.help = format.help, .fields = {type_field(format.name)}, .check = {}};
    one.fields.insert(one.fields.end(), format.fields.begin(), format.fields.end());
    for (Field<EffectDef>& common : common_effect_fields()) one.fields.push_back(std::move(common));
    all.push_back(std::move(one));
  }
  return all;
}

EffectDef read_effect(const JsonValue& json, const EffectDescriptions& descriptions,
                      std::span<const std::string_view> names) {
  JsonObject object = json.object();
  EffectDef effect;
  const std::optional<JsonValue> type = object.required("type");
  if (!type || names.empty()) return effect;
  const std::size_t problems_before = json.problem_count();
  effect.type = static_cast<std::uint8_t>(type->choice(names));
  if (json.problem_count() != problems_before) return effect;  // of an unknown type every member would be unknown
  return read_described(object, descriptions[effect.type], effect);
}

/// Editors complete the members of the branch whose `type` the author has written.
void write_effects_schema(JsonWriter& out, const EffectDescriptions& descriptions,
                          std::span<const std::string_view> names, const EntriesField& about) {
  write_array_head(out, about);
  out.key("items");
  out.begin_object();
  out.key("type");
  out.text("object");
  out.key("required");
  out.raw("[\"type\"]");
  out.key("properties");
  out.begin_object();
  out.key("type");
  out.begin_object();
  write_choice_schema(out, {names.begin(), names.end()}, "What happens", nullptr);
  out.end_object();
  out.end_object();
  out.key("allOf");
  out.begin_array();
  for (std::size_t i = 0; i < names.size(); ++i) {
    out.begin_object();
    out.key("if");
    out.raw("{\"properties\": {\"type\": {\"const\": " + json_quoted(names[i]) + "}}, \"required\": [\"type\"]}");
    out.key("then");
    out.begin_object();
    write_help(out, descriptions[i].help);
    write_described(out, descriptions[i]);
    out.end_object();
    out.end_object();
  }
  out.end_array();
  out.end_object();
}

/// Every member whatever the format, so that the hash needs no formats.
const Description<EffectDef>& effect_members() {
  using E = EffectDef;
  static const Description<E> members{
      .help = {},
      .fields = {field("amount", &E::amount, IntegerField{}), field("scaling_bp", &E::scaling, IntegerField{}),
                 choice_field("scale_by", &E::scale_by, stat_choice({})),
                 choice_field("element", &E::element, element_choice({})),
                 choice_field("stat", &E::stat, stat_choice({})), field("duration_ms", &E::duration_ms, IntegerField{}),
                 field("interval_ms", &E::interval_ms, IntegerField{}),
                 field("distance_units", &E::distance, UnitsField{}), field("factor_bp", &E::factor, IntegerField{}),
                 choice_field("stacking", &E::stacking, stacking_choice({})),
                 field("stacks_max", &E::stacks_max, IntegerField{}), field("count", &E::count, IntegerField{}),
                 field("status", &E::status, TextField{}), reference_field("monster", &E::monster, {}),
                 field("on_caster", &E::on_caster, BooleanField{}),
                 array_field("when", &E::when, condition_description(), {})},
      .check = {}};
  return members;
}

}  // namespace

Field<SkillDef> effects_field(std::span<const EffectFormat> formats) {
  const EntriesField about{.size_min = 1,
                           .size_max = kEffectsPerSkillMax,
                           .required = true,
                           .help = "What happens to the caster and the targets, in this order"};
  // Shared, since a Field is copied.
  const auto descriptions = std::make_shared<const EffectDescriptions>(describe_effects(formats));
  std::vector<std::string_view> names;
  for (const EffectFormat& format : formats) names.push_back(format.name);

  const auto read = [=](const JsonValue& json, SkillDef& skill) {
    const JsonArray array = json.array(about.size_min, about.size_max);
    for (std::size_t i = 0; i < array.size(); ++i) skill.effects.push_back(read_effect(array[i], *descriptions, names));
  };
  const auto write_schema = [=](JsonWriter& out, const SkillDef&) {
    write_effects_schema(out, *descriptions, names, about);
  };
  const auto digest = [](Digest& out, const SkillDef& skill) {
    for (const EffectDef& effect : skill.effects) out.add(effect.type);
    digest_list(out, skill.effects, effect_members());
  };
  return {"effects", true, read, write_schema, digest};
}

}  // namespace throng::content
