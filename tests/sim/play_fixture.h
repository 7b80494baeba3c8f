#pragma once
// A village with things to have, people to meet and quests to do, for the tests of all that is not fighting.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/combat/combat_stats.h"
#include "sim/item/items.h"
#include "sim/loot/loot.h"
#include "sim/people/people.h"
#include "sim/player/apply_intents.h"
#include "sim/progress/progress_systems.h"
#include "sim/sim_fixtures.h"

namespace throng::sim::test {

inline content::ItemDef item_def(std::string id, content::ItemType type, int stack_max) {
  content::ItemDef item;
  item.id = item.name = std::move(id);
  item.type = type;
  item.stack_max = stack_max;
  return item;
}

inline content::ItemDef piece_def(std::string id, content::EquipmentSlot slot, int durability_max) {
  content::ItemDef item = item_def(std::move(id), content::ItemType::Equipment, 1);
  item.slot = slot;
  item.durability_max = durability_max;
  return item;
}

inline void add_village_items(content::GameContent& game) {
  using content::ItemType;
  content::ItemDef potion = item_def("potion", ItemType::Consumable, 20);
  potion.heal_hp = 30;
  potion.heal_mana = 10;
  potion.price = 10;
  potion.sell_price = 4;
  content::ItemDef pelt = item_def("pelt", ItemType::Material, 10);
  pelt.rarity = content::Rarity::Uncommon;
  pelt.sell_price = 1;
  content::ItemDef token = item_def("token", ItemType::Material, 10);
  token.binding = content::Binding::OnPickup;
  content::ItemDef sword = piece_def("sword", content::EquipmentSlot::Weapon, 100);
  sword.binding = content::Binding::OnEquip;
  sword.bonus[content::Stat::Attack] = 7;
  sword.price = 100;
  sword.sell_price = 40;
  content::ItemDef axe = piece_def("axe", content::EquipmentSlot::Weapon, 50);
  axe.level = 5;
  content::ItemDef ring = piece_def("ring", content::EquipmentSlot::Ring, 0);
  ring.stack_max = 5;
  content::ItemDef book = item_def("book", ItemType::Book, 1);
  book.teaches.id = "spark";
  content::ItemDef hard_book = item_def("hard_book", ItemType::Book, 1);
  hard_book.teaches.id = "storm";
  content::ItemDef elixir = item_def("elixir", ItemType::Consumable, 5);
  elixir.level = 5;
  game.items = {potion, pelt, token, sword, axe, ring, book, hard_book, elixir};
  content::SkillDef spark;
  spark.id = spark.name = "spark";
  spark.needs_book = true;
  content::SkillDef storm = spark;
  storm.id = storm.name = "storm";
  storm.level = 10;
  game.skills = {spark, storm};
}

inline content::NpcDef npc_def(std::string id, std::string map, int x_units, std::vector<std::string> lines) {
  content::NpcDef npc;
  npc.id = npc.name = std::move(id);
  npc.map = std::move(map);
  npc.x = units(x_units);
  npc.y = units(500);
  npc.lines = std::move(lines);
  return npc;
}

inline void add_village_people(content::GameContent& game) {
  content::NpcDef smith = npc_def("smith", "village", 500, {"Hello.", "Buy something.", "Good day."});
  smith.shop.resize(3);
  smith.shop[0].item.id = "potion";
  smith.shop[0].price = 12;
  smith.shop[1].item.id = "sword";
  smith.shop[2].item.id = "pelt";  // has no price anywhere
  game.npcs = {smith, npc_def("elder", "village", 560, {}), npc_def("hermit", "forest", 500, {"Go away."})};
}

inline content::ObjectiveDef objective(content::ObjectiveType type, std::string what, int count = 1) {
  content::ObjectiveDef made;
  made.type = type;
  made.count = count;
  switch (type) {
    case content::ObjectiveType::Kill: made.monster.id = std::move(what); break;
    case content::ObjectiveType::Collect: made.item.id = std::move(what); break;
    case content::ObjectiveType::Talk: made.npc.id = std::move(what); break;
    case content::ObjectiveType::Visit: made.map = std::move(what); break;
  }
  return made;
}

inline content::QuestDef quest_def(std::string id, std::vector<content::ObjectiveDef> objectives) {
  content::QuestDef quest;
  quest.id = quest.name = std::move(id);
  quest.giver.id = "smith";
  quest.objectives = std::move(objectives);
  return quest;
}

inline void add_village_quests(content::GameContent& game) {
  using content::ObjectiveType;
  content::QuestDef hunt = quest_def("hunt", {objective(ObjectiveType::Kill, "slime", 2)});
  hunt.experience = 50;
  hunt.coins = 20;
  hunt.items.resize(1);
  hunt.items[0].item.id = "potion";
  hunt.items[0].count = 2;
  content::QuestDef gather = quest_def("gather", {objective(ObjectiveType::Collect, "pelt", 3)});
  gather.receiver.id = "elder";
  gather.items.resize(1);
  gather.items[0].item.id = "sword";
  content::QuestDef look = quest_def("look", {objective(ObjectiveType::Visit, "village")});
  look.objectives[0].box = {{units(100), units(100)}, {units(200), units(200)}};
  content::QuestDef gossip = quest_def("gossip", {objective(ObjectiveType::Talk, "elder")});
  gossip.after.id = "hunt";
  content::QuestDef daily = quest_def("daily", {objective(ObjectiveType::Talk, "elder")});
  daily.repeatable = true;
  content::QuestDef veteran = quest_def("veteran", {objective(ObjectiveType::Kill, "wolf", 1)});
  veteran.level = 10;
  game.quests = {hunt, gather, look, gossip, daily, veteran};
}

/// Not linked yet, so that a test may add to it.
inline content::GameContent village() {
  content::GameContent game = two_kinds();
  add_village_items(game);
  add_village_people(game);
  add_village_quests(game);
  return game;
}

/// Where the smith stands.
inline constexpr Position kVillageSquare{units(500), units(500)};

/// A scene in the village; its npcs are there.
struct Play : Scene {
  explicit Play(content::GameContent game = village(), WorldSettings settings = {})
      : Scene(content::open_field("village", 1'000, 1'000), std::move(game), settings) {
    place();
  }

  void place() {
    TickContext ctx = context();
    place_npcs(state, ctx);
  }

  EntityIndex join(std::uint32_t key, Position at = kVillageSquare) {
    run({spawn_at(key, at)});
    const EntityIndex player = *state.players_by_key.find(PlayerKey{key});
    refresh_stats(state, player);
    return player;
  }

  /// Applies intents, without a tick.
  void run(std::initializer_list<Intent> intents) {
    const std::vector<Intent> list(intents);
    TickContext ctx = context(list);
    apply_intents(state, ctx);
  }

  /// What the rules say to one intent. Events of before are forgotten.
  Verdict ask(const Intent& intent) {
    events.clear();
    run({intent});
    const auto refused = events_of<IntentRefused>(events);
    return refused.empty() ? Verdict::Accepted : refused.back().verdict;
  }

  /// Time goes on by one: intents, then what else happens, then the systems of things and of progress.
  void tick(std::initializer_list<Intent> intents = {}, std::initializer_list<Event> happening = {}) {
    events.clear();
    state.now += Tick{1};
    run(intents);
    events.insert(events.end(), happening);
    TickContext ctx = context();
    expire_drops(state, ctx);
    progress_quests(state, ctx);
    progress_deeds(state, ctx);
  }

  void tick_times(int times) {
    for (int i = 0; i < times; ++i) tick();
  }

  int give(EntityIndex player, std::string_view id, int count = 1) {
    TickContext ctx = context();
    const content::ItemDef& def = state.content->item(item(id));
    return give_items(state, ctx, player,
                      {item(id), static_cast<std::uint16_t>(count), static_cast<std::uint16_t>(def.durability_max)},
                      Source::GameMaster);
  }

  int held(EntityIndex player, std::string_view id) {
    return count_items(state.inventory(player), item(id), content::kBagCapacityMax);
  }
  ItemStack& slot(EntityIndex player, std::size_t number) { return state.inventory(player).bag[number]; }
  std::int64_t& coins(EntityIndex player) { return state.inventory(player).coins; }

  /// Fills every slot of the bag with something that nothing else stacks on.
  void fill_bag(EntityIndex player) {
    for (int i = 0; i < content::kBagCapacityMax; ++i) give(player, "axe");
  }

  content::ItemRef item(std::string_view id) const { return *state.content->find_item(id); }
  content::NpcRef npc(std::string_view id) const { return *state.content->find_npc(id); }
  content::QuestRef quest(std::string_view id) const { return *state.content->find_quest(id); }
  content::MonsterRef monster(std::string_view id) const { return *state.content->find_monster(id); }

  /// Goes on with changed content, as after a reload.
  template <typename Change>
  void reload(Change change) {
    auto next = std::make_shared<content::GameContent>(*state.content);
    change(*next);
    state.content = std::move(next);
    place();
  }
};

}  // namespace throng::sim::test
