#pragma once
// A small but whole game for tests: skills, monsters, items; and ways to set up a fight.

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sim/ai/monsters.h"
#include "sim/combat/combat_stats.h"
#include "sim/combat/status.h"
#include "sim/sim_fixtures.h"
#include "sim/skill/effects/effect_type.h"
#include "sim/skill/skill_book.h"

namespace throng::sim::test {

/// Number of an effect type, by its name in files.
inline std::uint8_t effect_number(std::string_view name) {
  const std::span<const EffectType> all = all_effects();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].format.name == name) return static_cast<std::uint8_t>(i);
  }
  ADD_FAILURE() << "no effect " << name;
  return 0;
}

inline content::EffectDef effect(std::string_view type, int amount = 0) {
  content::EffectDef def;
  def.type = effect_number(type);
  def.amount = amount;
  return def;
}

/// One that lasts.
inline content::EffectDef lasting(std::string_view type, int amount, int duration_ms) {
  content::EffectDef def = effect(type, amount);
  def.duration_ms = duration_ms;
  return def;
}

/// A skill for everybody, at once, without costs, cooldowns or a limit of range worth mention.
inline content::SkillDef free_skill(std::string id, content::SkillShape shape, content::TargetRule rule,
                                    std::vector<content::EffectDef> effects) {
  content::SkillDef skill;
  skill.id = skill.name = std::move(id);
  skill.shape = shape;
  skill.target = rule;
  skill.range = shape == content::SkillShape::Circle ? units(0) : units(300);
  skill.radius = units(100);
  skill.global_cooldown_ms = 0;
  skill.effects = std::move(effects);
  return skill;
}

/// 20 mana, 3 s cooldown, range 200, 30 + half the attack as fire; the other three first skills likewise.
inline std::vector<content::SkillDef> first_skills() {
  using enum content::SkillShape;
  using content::TargetRule;
  content::EffectDef flame = effect("damage", 30);
  flame.scaling = BasisPoints{5'000};
  flame.element = content::Element::Fire;
  content::SkillDef fireball = free_skill("fireball", Target, TargetRule::Enemy, {flame});
  fireball.range = units(200);
  content::SkillDef heal = free_skill("heal", Target, TargetRule::Ally, {effect("heal", 40)});
  content::EffectDef hard = lasting("buff", 10, 5'000);
  hard.stat = content::Stat::Defence;
  content::SkillDef shield = free_skill("shield", Self, TargetRule::Self, {hard});
  content::EffectDef fast = lasting("dash", 0, 2'000);
  fast.factor = BasisPoints{20'000};
  content::SkillDef dash = free_skill("dash", Self, TargetRule::Self, {fast});
  std::vector<content::SkillDef> skills{fireball, heal, shield, dash};
  const int costs[] = {20, 30, 25, 15};
  const int cooldowns_ms[] = {3'000, 5'000, 10'000, 4'000};
  for (std::size_t i = 0; i < skills.size(); ++i) {
    skills[i].mana_cost = costs[i];
    skills[i].cooldown_ms = cooldowns_ms[i];
    skills[i].global_cooldown_ms = 500;
  }
  return skills;
}

inline std::vector<content::ItemDef> few_items() {
  content::ItemDef potion;
  potion.id = potion.name = "potion";
  potion.type = content::ItemType::Consumable;
  potion.stack_max = 20;
  potion.heal_hp = 30;
  potion.price = 10;
  potion.sell_price = 3;
  content::ItemDef sword;
  sword.id = sword.name = "sword";
  sword.type = content::ItemType::Equipment;
  sword.slot = content::EquipmentSlot::Weapon;
  sword.bonus[content::Stat::Attack] = 5;
  sword.durability_max = 50;
  sword.sell_price = 20;
  content::ItemDef jelly;
  jelly.id = jelly.name = "jelly";
  jelly.stack_max = 99;
  jelly.sell_price = 1;
  return {potion, sword, jelly};
}

/// The kinds, balance and characters of two_kinds() (nobody strikes critically), the first skills and a few items.
inline content::GameContent small_game() {
  content::GameContent game = two_kinds();
  game.balance.start[content::Stat::CritChance] = 0;
  game.skills = first_skills();
  game.items = few_items();
  content::LootEntry drop;
  drop.item.id = "jelly";
  content::LootTableDef table;
  table.id = "slime_loot";
  table.entries = {drop};
  game.loot_tables = {table};
  game.monsters[0].loot.id = "slime_loot";
  return game;
}

inline content::GameContent small_game_with(std::initializer_list<content::SkillDef> skills) {
  content::GameContent game = small_game();
  game.skills.insert(game.skills.end(), skills);
  return game;
}

/// A whole world of the small game.
inline World game_world(content::MapDef map, content::GameContent game = small_game(), WorldSettings settings = {},
                        std::uint64_t seed = 1) {
  return make_world(std::move(map), settings, seed, std::move(game));
}

/// A player in a world, after the tick in which it appears.
inline EntityIndex spawn_player(World& world, std::uint32_t key, Position at) {
  world.tick(std::vector<Intent>{spawn_at(key, at)});
  return world.find_player({key}).value();
}

/// A monster that a game master made, after the tick in which it appears.
inline EntityIndex spawn_monster(World& world, std::string_view kind, Position at) {
  const std::vector<Intent> intents{SummonMonster{world.content().find_monster(kind).value(), at}};
  const auto spawned = events_of<MonsterSpawned>(world.tick(intents));
  EXPECT_FALSE(spawned.empty());
  return spawned.back().index;
}

/// A field on which nobody acts by himself: for tests of single rules and systems.
struct Battle : Scene {
  explicit Battle(content::GameContent game = small_game(),
                  content::MapDef map = content::open_field("field", 1'000, 1'000), WorldSettings settings = {},
                  std::uint64_t seed = 1)
      : Scene(make_state(std::move(map), settings, seed, std::move(game))) {
    state.now = Tick{1'000};
  }

  /// A whole and healthy player who knows every skill of its level that needs no book.
  EntityIndex add_player(std::uint32_t key, Position at, std::int32_t level = 1) {
    const EntityIndex index = state.add_entity(EntityKind::Player, at).value();
    state.player(index).key = PlayerKey{key};
    state.players_by_key.insert(PlayerKey{key}, index);
    state.fighter(index).level = level;
    state.player(index).experience = state.content->balance.level_at[static_cast<std::size_t>(level - 1)];
    make_whole(index);
    TickContext ctx = context();
    learn_by_level(state, ctx, index);
    return index;
  }

  EntityIndex add_foe(std::string_view kind, Position at) {
    const EntityIndex index = state.add_entity(EntityKind::Monster, at).value();
    state.monster(index).kind = state.content->find_monster(kind).value();
    state.monster(index).home = at;
    make_whole(index);
    return index;
  }

  void make_whole(EntityIndex index) {
    refresh_stats(state, index);
    Fighter& fighter = state.fighter(index);
    fighter.hp = fighter.max_hp();
    fighter.mana = fighter.max_mana();
  }

  /// The system, once in each of so many ticks.
  void run(void (*system)(WorldState&, TickContext&), std::uint32_t ticks = 1) {
    for (std::uint32_t i = 0; i < ticks; ++i) {
      state.now += Tick{1};
      TickContext ctx = context();
      system(state, ctx);
    }
  }

  Fighter& fighter(EntityIndex index) { return state.fighter(index); }
  content::SkillRef skill(std::string_view id) const { return state.content->find_skill(id).value(); }
};

}  // namespace throng::sim::test
