#include "content/game/game_fields.h"

#include <array>

namespace throng::content {
namespace {

constexpr std::array<std::string_view, kStats> kStatKeys = {"max_hp",         "max_mana", "attack",
                                                            "defence",        "speed_bp", "crit_chance_bp",
                                                            "crit_damage_bp", "hp_regen", "mana_regen"};

}  // namespace

std::string_view kind_name(SkillRef) { return "skill"; }
std::string_view kind_name(ItemRef) { return "item"; }
std::string_view kind_name(LootRef) { return "loot table"; }
std::string_view kind_name(MonsterRef) { return "monster"; }
std::string_view kind_name(SpawnRef) { return "spawn"; }
std::string_view kind_name(NpcRef) { return "npc"; }
std::string_view kind_name(QuestRef) { return "quest"; }
std::string_view kind_name(AchievementRef) { return "achievement"; }
std::string_view kind_name(WorldEventRef) { return "world event"; }

std::string_view file_of(SkillRef) { return "skills.json"; }
std::string_view file_of(ItemRef) { return "items.json"; }
std::string_view file_of(LootRef) { return "loot_tables.json"; }
std::string_view file_of(MonsterRef) { return "monsters.json"; }
std::string_view file_of(SpawnRef) { return "spawns.json"; }
std::string_view file_of(NpcRef) { return "npcs.json"; }
std::string_view file_of(QuestRef) { return "quests.json"; }
std::string_view file_of(AchievementRef) { return "achievements.json"; }
std::string_view file_of(WorldEventRef) { return "events.json"; }

void write_reference_schema(JsonWriter& out, std::string_view help) {
  write_text_schema(out, {.form = TextForm::Name, .required = true, .help = help}, {});
}

std::string_view stat_key(Stat stat) { return kStatKeys[static_cast<std::size_t>(stat)]; }

void read_stat_block(const JsonValue& json, StatBlock& block, const StatBlockField& about) {
  JsonObject object = json.object();
  for (std::size_t i = 0; i < kStats; ++i) {
    const std::optional<JsonValue> member = object.optional(kStatKeys[i]);
    if (member) block.values[i] = static_cast<std::int32_t>(member->integer({.min = about.min, .max = about.max}));
  }
  object.finish();
}

void write_stat_block_schema(JsonWriter& out, const StatBlockField& about, const StatBlock& otherwise) {
  write_help(out, about.help);
  out.key("type");
  out.text("object");
  out.key("additionalProperties");
  out.boolean(false);
  out.key("properties");
  out.begin_object();
  for (std::size_t i = 0; i < kStats; ++i) {
    out.key(kStatKeys[i]);
    out.begin_object();
    write_integer_schema(out, {.min = about.min, .max = about.max}, otherwise.values[i]);
    out.end_object();
  }
  out.end_object();
}

ChoiceField<Stat> stat_choice(std::string_view help) {
  ChoiceField<Stat> choice{.names = {}, .required = false, .help = help};
  for (std::size_t i = 0; i < kStats; ++i) {
    choice.names.emplace_back(stat_name(static_cast<Stat>(i)), static_cast<Stat>(i));
  }
  return choice;
}

ChoiceField<Element> element_choice(std::string_view help) {
  ChoiceField<Element> choice{.names = {}, .required = false, .help = help};
  for (std::size_t i = 0; i < kElements; ++i) {
    choice.names.emplace_back(element_name(static_cast<Element>(i)), static_cast<Element>(i));
  }
  return choice;
}

ChoiceField<Stacking> stacking_choice(std::string_view help) {
  return {.names = {{"refresh", Stacking::Refresh}, {"stack", Stacking::Stack}, {"strongest", Stacking::Strongest}},
          .required = false,
          .help = help};
}

}  // namespace throng::content
