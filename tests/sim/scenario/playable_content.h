#pragma once
// A small game with something of everything: fights, skills, loot, shops, quests, deeds and a boss.

#include <algorithm>
#include <string>
#include <utility>

#include "sim/sim_fixtures.h"
#include "sim/skill/effects/effect_type.h"

namespace throng::sim::test {

inline content::EffectDef playable_effect(std::string_view name, std::int32_t amount, int duration_ms) {
  const auto& formats = effect_formats();
  const auto found =
      std::find_if(formats.begin(), formats.end(), [&](const auto& format) { return format.name == name; });
  content::EffectDef made;
  made.type = static_cast<std::uint8_t>(found - formats.begin());
  made.amount = amount;
  made.duration_ms = duration_ms;
  made.interval_ms = 400;
  made.distance = units(40);
  return made;
}

inline content::SkillDef playable_skill(std::string id, std::vector<content::EffectDef> effects, int cast_ms = 0) {
  content::SkillDef made;
  made.id = made.name = std::move(id);
  made.mana_cost = 5;
  made.cooldown_ms = 1'500;
  made.cast_ms = cast_ms;
  made.range = units(300);
  made.effects = std::move(effects);
  return made;
}

inline void add_skills(content::GameContent& game) {
  const auto effects = [](auto... made) { return std::vector<content::EffectDef>{made...}; };
  const auto fx = playable_effect;
  game.skills = {
      playable_skill("fireball", effects(fx("damage", 12, 0)), 300),
      playable_skill("burn", effects(fx("damage_over_time", 4, 2'000))),
      playable_skill("curse", effects(fx("stun", 0, 500), fx("debuff", 3, 2'000), fx("taunt", 0, 500))),
      playable_skill("mend", effects(fx("heal", 25, 0), fx("heal_over_time", 3, 2'000)), 200),
      playable_skill("ward", effects(fx("shield", 20, 2'000), fx("buff", 5, 2'000), fx("dash", 0, 2'000))),
      playable_skill("storm", effects(fx("damage", 8, 0), fx("knockback", 0, 0), fx("root", 0, 600))),
      playable_skill("call", effects(fx("summon", 0, 3'000))),
      playable_skill("cleanse", effects(fx("dispel", 0, 0))),
  };
  for (const std::size_t friendly : {3u, 4u, 6u, 7u}) {
    game.skills[friendly].shape = content::SkillShape::Self;
    game.skills[friendly].target = content::TargetRule::Self;
  }
  game.skills[5].shape = content::SkillShape::Circle;
  game.skills[5].radius = units(80);
  game.skills[6].effects[0].monster.id = "slime";
  game.skills[7].needs_book = true;
}

inline content::ItemDef playable_item(std::string id, content::ItemType type, int stack_max) {
  content::ItemDef made;
  made.id = made.name = std::move(id);
  made.type = type;
  made.stack_max = stack_max;
  made.price = 5;
  made.sell_price = 2;
  return made;
}

inline void add_items(content::GameContent& game) {
  game.items = {
      playable_item("potion", content::ItemType::Consumable, 10), playable_item("gel", content::ItemType::Material, 20),
      playable_item("sword", content::ItemType::Equipment, 1),    playable_item("cap", content::ItemType::Equipment, 1),
      playable_item("book", content::ItemType::Book, 1),
  };
  game.items[0].heal_hp = 30;
  game.items[0].heal_mana = 30;
  game.items[2].bonus[content::Stat::Attack] = 6;
  game.items[2].durability_max = 60;
  game.items[3].slot = content::EquipmentSlot::Head;
  game.items[3].bonus[content::Stat::MaxHp] = 15;
  game.items[3].durability_max = 30;
  game.items[3].binding = content::Binding::OnEquip;
  game.items[4].teaches.id = "cleanse";
  content::LootTableDef loot;
  loot.id = "loot";
  for (const content::ItemDef& def : game.items) {
    content::LootEntry entry;
    entry.item.id = def.id;
    entry.chance = {4'000};
    loot.entries.push_back(entry);
  }
  content::LootEntry coins;
  coins.coins = true;
  coins.min = 3;
  coins.max = 9;
  loot.entries.push_back(coins);
  content::WorldEventDef feast;
  feast.id = feast.name = "feast";
  feast.experience_percent = 250;
  feast.drop_chance_percent = 150;
  game.world_events = {feast};
  content::LootEntry cake = loot.entries.front();
  cake.event.id = "feast";
  loot.entries.push_back(cake);
  game.loot_tables = {loot};
}

inline void add_monsters(content::GameContent& game) {
  content::MonsterDef boss = game.monsters[1];
  boss.id = boss.name = "boss";
  boss.max_hp = 300;
  boss.boss = true;
  boss.phases.resize(2);
  boss.phases[0].health_below = {6'000};
  boss.phases[1].health_below = {3'000};
  boss.phases[1].damage_factor = {15'000};
  boss.phases[0].on_enter.id = "storm";
  boss.skills.resize(2);
  boss.skills[0].skill.id = "fireball";
  boss.skills[1].skill.id = "curse";
  game.monsters.push_back(boss);
  for (content::MonsterDef& kind : game.monsters) {
    kind.loot.id = "loot";
    kind.respawn_ms = 2'000;
    kind.corpse_ms = 700;
    kind.detection_range = units(120);
    kind.experience = 60;
  }
  game.monsters[0].aggression = content::Aggression::Passive;
  game.monsters[0].flee_below = {5'000};
  game.monsters[1].pack = "wolves";
}

inline void add_people(content::GameContent& game, const content::MapDef& map) {
  content::NpcDef trader;
  trader.id = trader.name = "trader";
  trader.map = map.name;
  trader.x = map.width / 2;
  trader.y = map.height / 2;
  trader.lines = {"Hello.", "Again?", "Buy something."};
  trader.shop.resize(2);
  trader.shop[0].item.id = "potion";
  trader.shop[1].item.id = "cap";
  game.npcs = {trader};
  game.balance.talk_range = map.width;
  content::QuestDef hunt;
  hunt.id = hunt.name = "hunt";
  hunt.giver.id = "trader";
  hunt.repeatable = true;
  hunt.objectives.resize(1);
  hunt.objectives[0].monster.id = "wolf";
  hunt.objectives[0].count = 2;
  hunt.experience = 40;
  hunt.coins = 7;
  hunt.items.resize(1);
  hunt.items[0].item.id = "potion";
  game.quests = {hunt};
  content::AchievementDef blood;
  blood.id = blood.name = "first_blood";
  blood.coins = 11;
  content::AchievementDef climber = blood;
  climber.id = "climber";
  climber.deed = content::Deed::Level;
  climber.count = 3;
  game.achievements = {blood, climber};
}

/// `count` monsters of each of three kinds all over the map, and all that goes with them.
inline content::GameContent playable(const content::MapDef& map, int count) {
  content::GameContent game = two_kinds();
  game.balance.pickup_range = map.width;
  add_skills(game);
  add_items(game);
  add_monsters(game);
  add_people(game, map);
  game = populated(map, count, std::move(game));
  game.spawns.back().count = 1;  // the boss
  return game;
}

/// Half of it is an arena, and there is a portal.
inline content::MapDef playable_map(std::uint64_t seed, int cells) {
  content::MapDef map = scattered_map(seed, cells);
  map.zones = {{"arena", content::PvpRule::Arena, {{}, {map.width / 2, map.height}}}};
  map.portals = {{"gate", {{}, {units(60), units(60)}}, "elsewhere", ""}};
  map.content_hash = content::content_hash(map);
  return map;
}

}  // namespace throng::sim::test
