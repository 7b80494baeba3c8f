#include <algorithm>

#include <fmt/format.h>

#include "content/game/checks/all_checks.h"

namespace throng::content {
namespace {

/// What a player can come by, found by adding until nothing is new.
class Reach {
 public:
  explicit Reach(const GameContent& content)
      : content_(content),
        monsters_(content.monsters.size()),
        tables_(content.loot_tables.size()),
        items_(content.items.size()),
        quests_(content.quests.size()) {
    add_spawned();
    add_shops();
    do {
      grown_ = false;
      add_summoned();
      add_loot();
      add_quests();
    } while (grown_);
  }

  bool appears(MonsterRef monster) const { return monsters_[monster.value]; }
  bool obtainable(ItemRef item) const { return items_[item.value]; }
  bool completable(QuestRef quest) const { return quests_[quest.value]; }
  bool met(const ObjectiveDef& objective) const {
    if (objective.type == ObjectiveType::Kill) return appears(objective.monster.ref);
    if (objective.type == ObjectiveType::Collect) return obtainable(objective.item.ref);
    return true;
  }

 private:
  template <typename Ref>
  void add(std::vector<bool>& all, Ref ref) {
    if (!is_set(ref) || all[ref.value]) return;
    all[ref.value] = true;
    grown_ = true;
  }

  void add_spawned() {
    for (const SpawnDef& spawn : content_.spawns) {
      if (spawn.retired) continue;
      add(monsters_, spawn.monster.ref);
      for (const SpawnAlternate& alternate : spawn.alternates) add(monsters_, alternate.monster.ref);
    }
  }

  void add_shops() {
    for (const NpcDef& npc : content_.npcs) {
      for (const ShopOffer& offer : npc.shop) {
        if (!npc.retired && (offer.price > 0 || content_.item(offer.item.ref).price > 0)) add(items_, offer.item.ref);
      }
    }
  }

  void add_summons_of(SkillRef skill) {
    if (!is_set(skill)) return;
    for (const EffectDef& effect : content_.skill(skill).effects) add(monsters_, effect.monster.ref);
  }

  void add_summoned() {
    for (std::size_t i = 0; i < content_.skills.size(); ++i) {
      const SkillDef& skill = content_.skills[i];
      if (!skill.retired && !skill.monsters_only) add_summons_of(SkillRef{static_cast<std::uint16_t>(i)});
    }
    for (std::size_t i = 0; i < monsters_.size(); ++i) {
      if (!monsters_[i]) continue;
      for (const MonsterSkillDef& skill : content_.monsters[i].skills) add_summons_of(skill.skill.ref);
      for (const BossPhaseDef& phase : content_.monsters[i].phases) add_summons_of(phase.on_enter.ref);
    }
  }

  void add_entry(const LootEntry& entry) {
    add(items_, entry.item.ref);
    add(tables_, entry.table.ref);
  }

  void add_loot() {
    for (std::size_t i = 0; i < monsters_.size(); ++i) {
      if (monsters_[i]) add(tables_, content_.monsters[i].loot.ref);
    }
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      if (!tables_[i]) continue;
      for (const LootEntry& entry : content_.loot_tables[i].entries) add_entry(entry);
      for (const LootGroup& group : content_.loot_tables[i].groups) {
        for (const LootEntry& entry : group.one_of) add_entry(entry);
      }
    }
  }

  void add_quests() {
    for (std::size_t i = 0; i < quests_.size(); ++i) {
      const QuestDef& quest = content_.quests[i];
      const bool open = !quest.retired && (!is_set(quest.after.ref) || completable(quest.after.ref));
      const bool done = std::all_of(quest.objectives.begin(), quest.objectives.end(),
                                    [&](const ObjectiveDef& objective) { return met(objective); });
      if (!open || !done) continue;
      add(quests_, QuestRef{static_cast<std::uint16_t>(i)});
      for (const ItemGrant& grant : quest.items) add(items_, grant.item.ref);
    }
  }

  const GameContent& content_;
  std::vector<bool> monsters_;
  std::vector<bool> tables_;
  std::vector<bool> items_;
  std::vector<bool> quests_;
  bool grown_ = false;
};

void check_objectives(const QuestDef& quest, const Reach& reach, SetProblems& problems) {
  for (const ObjectiveDef& objective : quest.objectives) {
    if (reach.met(objective)) continue;
    if (objective.type == ObjectiveType::Kill) {
      problems.at(objective.monster.place,
                  fmt::format("found {}, which no spawn, alternate or summons brings, expected a monster that appears",
                              json_quoted(objective.monster.id)));
    } else {
      problems.at(objective.item.place,
                  fmt::format("found {}, which no loot of a monster that appears, no shop and no quest that can be "
                              "completed gives, expected an item that can be had",
                              json_quoted(objective.item.id)));
    }
  }
}

}  // namespace

void check_dead_ends(const GameContent& content, SetProblems& problems) {
  const Reach reach(content);
  for (const QuestDef& quest : content.quests) {
    if (!quest.retired) check_objectives(quest, reach, problems);
  }
  for (const AchievementDef& achievement : content.achievements) {
    if (achievement.retired || !is_set(achievement.monster.ref) || reach.appears(achievement.monster.ref)) continue;
    problems.at(achievement.monster.place,
                fmt::format("found {}, which no spawn, alternate or summons brings, expected a monster that appears",
                            json_quoted(achievement.monster.id)));
  }
}

}  // namespace throng::content
