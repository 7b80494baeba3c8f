#include "content/game/quests.h"

#include <array>
#include <tuple>

#include <fmt/format.h>

#include "content/game/file_descriptions.h"
#include "content/game/game_fields.h"

namespace throng::content {
namespace {

auto objective_figures(const ObjectiveDef& objective) {
  return std::tie(objective.type, objective.monster, objective.item, objective.npc, objective.map, objective.area,
                  objective.count, objective.text);
}

struct ObjectiveMember {
  std::string_view name;
  ObjectiveType type;
};
constexpr std::array<ObjectiveMember, 5> kObjectiveMembers = {{{"monster", ObjectiveType::Kill},
                                                               {"item", ObjectiveType::Collect},
                                                               {"map", ObjectiveType::Visit},
                                                               {"area", ObjectiveType::Visit},
                                                               {"npc", ObjectiveType::Talk}}};
constexpr std::array<std::string_view, 4> kObjectiveTypes = {"kill", "collect", "visit", "talk"};

/// Each type has its own members, all of them.
void check_objective(JsonObject& object, ObjectiveDef& objective) {
  for (const ObjectiveMember& about : kObjectiveMembers) {
    const std::optional<JsonValue> member = object.optional(about.name);
    const std::string_view type = kObjectiveTypes[static_cast<std::size_t>(about.type)];
    if (member && about.type != objective.type) {
      member->report(fmt::format("found it in an objective of another type, expected type {}", json_quoted(type)));
    }
    if (!member && about.type == objective.type) {
      object.value().report(fmt::format("found an objective of type {} without the member {}, expected one",
                                        json_quoted(type), json_quoted(about.name)));
    }
  }
  const bool counted = objective.type == ObjectiveType::Kill || objective.type == ObjectiveType::Collect;
  if (!counted && objective.count > 1) {
    object.value().report(fmt::format("found count {}, expected 1: only kill and collect count", objective.count));
  }
}

ChoiceField<ObjectiveType> objective_types() {
  ChoiceField<ObjectiveType> choice{.names = {}, .required = true, .help = "What is to be done"};
  for (std::size_t i = 0; i < kObjectiveTypes.size(); ++i) {
    choice.names.emplace_back(kObjectiveTypes[i], static_cast<ObjectiveType>(i));
  }
  return choice;
}

const Description<ObjectiveDef>& objective_description() {
  using O = ObjectiveDef;
  static const Description<O> description{
      .help = "One thing to do",
      .fields = {choice_field("type", &O::type, objective_types()),
                 reference_field("monster", &O::monster, {.help = "kill: id of the monster"}),
                 reference_field("item", &O::item, {.help = "collect: id of the item, handed over in the end"}),
                 reference_field("npc", &O::npc, {.help = "talk: id of the person"}),
                 field("map", &O::map, {.form = TextForm::Name, .help = "visit: name of the map"}),
                 field("area", &O::area, {.form = TextForm::Name, .help = "visit: name of a visit_area object there"}),
                 field("count", &O::count, {.min = 1, .max = 10'000, .help = "kill, collect: how many"}),
                 field("text", &O::text, {.bytes_max = 200, .help = "Shown to players"})},
      .check = check_objective,
      .place = &O::place};
  return description;
}

const Description<ItemGrant>& grant_description() {
  static const Description<ItemGrant> description{
      .help = "A reward",
      .fields = {reference_field("item", &ItemGrant::item, {.required = true, .help = "Id of the item"}),
                 field("count", &ItemGrant::count, {.min = 1, .max = 999, .help = "How many"})},
      .check = {}};
  return description;
}

std::vector<Field<QuestDef>> story_fields() {
  using Q = QuestDef;
  return {
      field("name", &Q::name, {.bytes_min = 1, .bytes_max = 64, .required = true, .help = "Shown to players"}),
      field("description", &Q::description, {.bytes_max = 1000, .help = "Shown to players"}),
      reference_field("giver", &Q::giver, {.required = true, .help = "Id of the person who gives it"}),
      reference_field("receiver", &Q::receiver, {.help = "Id of the person it is handed in to; else the giver"}),
      field("level", &Q::level, {.min = 1, .max = kLevelMax, .help = "Level of a character that takes it"}),
      reference_field("after", &Q::after, {.help = "Id of the quest to complete first"}),
      field("repeatable", &Q::repeatable, {.help = "Open again when it is completed"}),
  };
}

std::vector<Field<QuestDef>> work_fields() {
  using Q = QuestDef;
  return {
      array_field("objectives", &Q::objectives, objective_description(),
                  {.size_min = 1, .size_max = kObjectivesMax, .required = true, .help = "What is to be done"}),
      field("experience", &Q::experience, {.min = 0, .max = 10'000'000, .help = "Reward"}),
      field("coins", &Q::coins, {.min = 0, .max = 10'000'000, .help = "Reward"}),
      array_field("items", &Q::items, grant_description(),
                  {.size_min = 0, .size_max = 8, .required = false, .help = "Rewards"}),
  };
}

}  // namespace

const Description<QuestDef>& quest_description() {
  static const Description<QuestDef> made = [] {
    Description<QuestDef> description{.help = "A quest", .fields = story_fields(), .check = {}};
    for (Field<QuestDef>& one : work_fields()) description.fields.push_back(std::move(one));
    return description;
  }();
  return made;
}

bool operator==(const ObjectiveDef& a, const ObjectiveDef& b) { return objective_figures(a) == objective_figures(b); }

Result<std::vector<QuestDef>> parse_quests(std::string_view text, std::string_view file) {
  return parse_defs(text, file, quests_file());
}

std::string json_schema_for_quests() { return schema_of(quests_file()); }

}  // namespace throng::content
