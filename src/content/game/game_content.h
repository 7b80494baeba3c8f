#pragma once
// All content of one version: immutable, shared by every room and thread, swapped whole between two ticks.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/game/achievements.h"
#include "content/game/balance.h"
#include "content/game/chat.h"
#include "content/game/items.h"
#include "content/game/loot_tables.h"
#include "content/game/monsters.h"
#include "content/game/npcs.h"
#include "content/game/quests.h"
#include "content/game/refs.h"
#include "content/game/skills.h"
#include "content/game/spawns.h"
#include "content/game/world_events.h"
#include "content/map/map_def.h"

namespace throng::content {

/// The files of a set as text, by name relative to the content folder: `skills.json`, `maps/meadow.tmj` …
using ContentTexts = std::map<std::string, std::string>;

/// Arrays are indexed by the ref of their kind. Made by `link_content`; tests may fill one by hand and call
/// `link_by_hand`.
struct GameContent {
  std::uint64_t hash = 0;        ///< equal for sets with which worlds behave equally; maps included
  std::uint32_t version = 0;     ///< counts the accepted sets of this installation; 0: not from a store
  BalanceDef balance;
  ChatDef chat;
  std::vector<std::string> statuses;  ///< by StatusRef: every name that an effect leaves behind
  std::vector<SkillDef> skills;
  std::vector<ItemDef> items;
  std::vector<LootTableDef> loot_tables;
  std::vector<MonsterDef> monsters;
  std::vector<SpawnDef> spawns;
  std::vector<NpcDef> npcs;
  std::vector<QuestDef> quests;
  std::vector<AchievementDef> achievements;
  std::vector<WorldEventDef> world_events;
  EventsInForce in_force;  ///< made from `world_events`
  std::map<std::string, std::shared_ptr<const MapDef>> maps;  ///< may be empty in tests
  /// What `maps` were read from, so that a reload that leaves them alone need not read them again; null when made by hand.
  std::shared_ptr<const ContentTexts> map_texts;

  const SkillDef& skill(SkillRef ref) const { return skills[ref.value]; }
  const ItemDef& item(ItemRef ref) const { return items[ref.value]; }
  const LootTableDef& loot_table(LootRef ref) const { return loot_tables[ref.value]; }
  const MonsterDef& monster(MonsterRef ref) const { return monsters[ref.value]; }
  const SpawnDef& spawn(SpawnRef ref) const { return spawns[ref.value]; }
  const NpcDef& npc(NpcRef ref) const { return npcs[ref.value]; }
  const QuestDef& quest(QuestRef ref) const { return quests[ref.value]; }
  const AchievementDef& achievement(AchievementRef ref) const { return achievements[ref.value]; }
  const WorldEventDef& world_event(WorldEventRef ref) const { return world_events[ref.value]; }
  bool runs(WorldEventRef ref) const { return is_set(ref) && world_events[ref.value].runs(); }

  // By id, retired ones too; nothing when there never was one. Linear: for commands and messages, not for ticks.
  std::optional<SkillRef> find_skill(std::string_view id) const;
  std::optional<ItemRef> find_item(std::string_view id) const;
  std::optional<LootRef> find_loot_table(std::string_view id) const;
  std::optional<MonsterRef> find_monster(std::string_view id) const;
  std::optional<NpcRef> find_npc(std::string_view id) const;
  std::optional<QuestRef> find_quest(std::string_view id) const;
  std::optional<AchievementRef> find_achievement(std::string_view id) const;
  std::optional<StatusRef> find_status(std::string_view name) const;
};

/// The names of the JSON files that every set has, in the order in which they are read.
const std::vector<std::string>& content_file_names();

/// Those that a set may do without, as sets from before they were known do: none is the same as an empty one.
const std::vector<std::string>& optional_content_file_names();

/// A whole set: parsed, linked, checked. All or nothing.
/// @param texts     all of content_file_names(), any of optional_content_file_names(), and the maps with their tilesets below `maps/`
/// @param effects   the effect formats that skills may use
/// @param previous  whose numbers are kept; null for the first set of a process
/// @return the set, or every problem of every file, one per line. Any thread.
Result<std::shared_ptr<const GameContent>> load_content(const ContentTexts& texts,
                                                        std::span<const EffectFormat> effects,
                                                        const GameContent* previous);

/// For tests and benches that fill the arrays themselves: resolves references by id, fills `level_at`, `in_force`,
/// statuses and `hash`. What names nothing is a caller's bug and asserts; maps, areas and routes are left as they are.
std::shared_ptr<const GameContent> link_by_hand(GameContent content);

}  // namespace throng::content
