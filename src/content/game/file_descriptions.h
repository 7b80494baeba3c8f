#pragma once
// The description of each kind of game content: of one definition, and of its file. For this folder.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "content/description.h"
#include "content/game/game_content.h"

namespace throng::content {

/// `{"version": 1, "<name>": {id: {…}}}`.
template <typename Def>
struct DefsFile {
  std::vector<Def> defs;  ///< in the order of the file
};

// One function per kind, beside its parser.
const Description<BalanceDef>& balance_description();  ///< a whole file
const Description<ChatDef>& chat_description();        ///< a whole file
const Description<ItemDef>& item_description();
const Description<LootTableDef>& loot_table_description();
const Description<MonsterDef>& monster_description();
const Description<SpawnDef>& spawn_description();
const Description<NpcDef>& npc_description();
const Description<QuestDef>& quest_description();
const Description<AchievementDef>& achievement_description();
const Description<WorldEventDef>& world_event_description();
/// Skills are made of effects whose formats are not this layer's. Their names and helps must outlive the description.
Description<SkillDef> skill_description(std::span<const EffectFormat> effects);

/// @param name   of the file without ending, and of its one member
/// @param def    must outlive the result
template <typename Def>
Description<DefsFile<Def>> defs_file(std::string_view title, std::string_view name, std::string_view help,
                                     const Description<Def>& def) {
  return {.help = title,
          .fields = {schema_reference_field<DefsFile<Def>>(), version_field<DefsFile<Def>>(),
                     entries_field(std::string(name), &DefsFile<Def>::defs, &Def::id, def,
                                   {.size_min = 0,
                                    .size_max = static_cast<std::size_t>(kDefsPerKindMax),
                                    .required = true,
                                    .help = help})},
          .check = {}};
}

inline Description<DefsFile<SkillDef>> skills_file(const Description<SkillDef>& skill) {
  return defs_file("Throng: skills", "skills", "The skills by their ids", skill);
}
inline Description<DefsFile<ItemDef>> items_file() {
  return defs_file("Throng: items", "items", "The items by their ids", item_description());
}
inline Description<DefsFile<LootTableDef>> loot_tables_file() {
  return defs_file("Throng: loot tables", "loot_tables", "The tables by their ids", loot_table_description());
}
inline Description<DefsFile<MonsterDef>> monsters_file() {
  return defs_file("Throng: monsters", "monsters", "The kinds of monsters by their ids", monster_description());
}
inline Description<DefsFile<SpawnDef>> spawns_file() {
  return defs_file("Throng: spawns", "spawns", "Who lives where, by any names", spawn_description());
}
inline Description<DefsFile<NpcDef>> npcs_file() {
  return defs_file("Throng: people of the story", "npcs", "The people by their ids", npc_description());
}
inline Description<DefsFile<QuestDef>> quests_file() {
  return defs_file("Throng: quests", "quests", "The quests by their ids", quest_description());
}
inline Description<DefsFile<AchievementDef>> achievements_file() {
  return defs_file("Throng: achievements", "achievements", "The achievements by their ids", achievement_description());
}

inline Description<DefsFile<WorldEventDef>> world_events_file() {
  return defs_file("Throng: world events", "events", "The events by their ids", world_event_description());
}

/// A file of definitions by itself.
template <typename Def>
Result<std::vector<Def>> parse_defs(std::string_view text, std::string_view file,
                                    const Description<DefsFile<Def>>& description) {
  THRONG_TRY(DefsFile<Def> read, parse_described(text, file, description));
  return std::move(read.defs);
}

}  // namespace throng::content
