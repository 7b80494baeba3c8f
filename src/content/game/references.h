#pragma once
// Every place in a GameContent where one definition names another. For the linkers of this folder.

#include <vector>

#include "content/game/game_content.h"

namespace throng::content {

// The array that a kind of reference points into.
inline std::vector<SkillDef>& defs_of(GameContent& content, SkillRef) { return content.skills; }
inline std::vector<ItemDef>& defs_of(GameContent& content, ItemRef) { return content.items; }
inline std::vector<LootTableDef>& defs_of(GameContent& content, LootRef) { return content.loot_tables; }
inline std::vector<MonsterDef>& defs_of(GameContent& content, MonsterRef) { return content.monsters; }
inline std::vector<SpawnDef>& defs_of(GameContent& content, SpawnRef) { return content.spawns; }
inline std::vector<NpcDef>& defs_of(GameContent& content, NpcRef) { return content.npcs; }
inline std::vector<QuestDef>& defs_of(GameContent& content, QuestRef) { return content.quests; }
inline std::vector<AchievementDef>& defs_of(GameContent& content, AchievementRef) { return content.achievements; }
inline std::vector<WorldEventDef>& defs_of(GameContent& content, WorldEventRef) { return content.world_events; }

template <typename Visit>
void for_each_reference(SkillDef& skill, Visit&& visit) {
  for (EffectDef& effect : skill.effects) visit(effect.monster);
}

template <typename Visit>
void for_each_reference(ItemDef& item, Visit&& visit) {
  visit(item.teaches);
}

template <typename Visit>
void for_each_reference(LootTableDef& table, Visit&& visit) {
  const auto visit_entry = [&](LootEntry& entry) {
    visit(entry.item);
    visit(entry.table);
    visit(entry.event);
  };
  for (LootEntry& entry : table.entries) visit_entry(entry);
  for (LootGroup& group : table.groups) {
    for (LootEntry& entry : group.one_of) visit_entry(entry);
  }
}

template <typename Visit>
void for_each_reference(MonsterDef& monster, Visit&& visit) {
  for (MonsterSkillDef& skill : monster.skills) visit(skill.skill);
  visit(monster.loot);
  for (BossPhaseDef& phase : monster.phases) visit(phase.on_enter);
}

template <typename Visit>
void for_each_reference(SpawnDef& spawn, Visit&& visit) {
  visit(spawn.monster);
  for (SpawnAlternate& alternate : spawn.alternates) visit(alternate.monster);
}

template <typename Visit>
void for_each_reference(NpcDef& npc, Visit&& visit) {
  for (ShopOffer& offer : npc.shop) visit(offer.item);
}

template <typename Visit>
void for_each_reference(QuestDef& quest, Visit&& visit) {
  visit(quest.giver);
  visit(quest.receiver);
  visit(quest.after);
  for (ObjectiveDef& objective : quest.objectives) {
    visit(objective.monster);
    visit(objective.item);
    visit(objective.npc);
  }
  for (ItemGrant& grant : quest.items) visit(grant.item);
}

template <typename Visit>
void for_each_reference(AchievementDef& achievement, Visit&& visit) {
  visit(achievement.monster);
}

template <typename Visit>
void for_each_reference(WorldEventDef&, Visit&&) {}  // names nothing

/// `visit` gets each array of definitions, in the order of content_file_names(), then of optional_content_file_names().
template <typename Visit>
void for_each_kind(GameContent& content, Visit&& visit) {
  visit(content.skills);
  visit(content.items);
  visit(content.loot_tables);
  visit(content.monsters);
  visit(content.spawns);
  visit(content.npcs);
  visit(content.quests);
  visit(content.achievements);
  visit(content.world_events);
}

/// `visit` gets each Reference of the set, whatever its kind; those that name nothing too.
template <typename Visit>
void for_each_reference(GameContent& content, Visit&& visit) {
  for_each_kind(content, [&](auto& defs) {
    for (auto& def : defs) for_each_reference(def, visit);
  });
}

}  // namespace throng::content
