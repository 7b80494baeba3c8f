#pragma once
// A world room whose characters are kept, with a shop, a quest and monsters that leave something.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "room/kinds/fake_keeper.h"
#include "room/kinds/played_world.h"

namespace throng::room::test {

/// Two characters, by their numbers in the store.
inline constexpr std::int64_t kAnn = 2'001;
inline constexpr std::int64_t kBob = 2'002;

inline content::ItemDef thing(std::string id, content::ItemType type, int stack_max, int price) {
  content::ItemDef item;
  item.id = item.name = std::move(id);
  item.type = type;
  item.stack_max = stack_max;
  item.price = price;
  item.sell_price = price / 2;
  return item;
}

inline content::SpawnDef slimes_round_the_middle(int count) {
  content::SpawnDef spawn;
  spawn.id = "slimes";
  spawn.map = "field";
  spawn.monster.id = "slime";
  spawn.count = count;
  spawn.respawn_ms = 1'000;
  spawn.box = {{units(990), units(990)}, {units(1060), units(1060)}};
  return spawn;
}

/// Not linked yet.
inline content::GameContent market_game(int slimes) {
  content::GameContent game = slime_game();
  content::ItemDef potion = thing("potion", content::ItemType::Consumable, 10, 4);
  potion.heal_hp = 5;
  content::ItemDef sword = thing("sword", content::ItemType::Equipment, 1, 20);
  sword.slot = content::EquipmentSlot::Weapon;
  sword.durability_max = 30;
  sword.bonus[content::Stat::Attack] = 5;
  game.items = {potion, sword, thing("jelly", content::ItemType::Material, 20, 2)};
  content::NpcDef smith;
  smith.id = smith.name = "smith";
  smith.map = "field";
  smith.x = smith.y = units(1030);
  smith.lines = {"Welcome."};
  smith.shop.resize(2);
  smith.shop[0].item.id = "potion";
  smith.shop[1].item.id = "sword";
  game.npcs = {smith};
  content::QuestDef hunt;
  hunt.id = hunt.name = "hunt";
  hunt.giver.id = "smith";
  hunt.repeatable = true;
  hunt.objectives.resize(1);
  hunt.objectives[0].type = content::ObjectiveType::Kill;
  hunt.objectives[0].monster.id = "slime";
  hunt.objectives[0].count = 1;
  hunt.coins = 30;
  hunt.items.resize(1);
  hunt.items[0].item.id = "sword";
  game.quests = {hunt};
  content::LootTableDef table;
  table.id = "slime_loot";
  table.entries.resize(2);
  table.entries[0].item.id = "jelly";
  table.entries[1].item.id = "sword";
  game.loot_tables = {table};
  game.monsters[0].loot.id = "slime_loot";
  game.monsters[0].max_hp = 1;
  game.monsters[0].experience = 40;
  game.balance.start[content::Stat::Attack] = 20;
  game.balance.pickup_range = units(500);
  if (slimes > 0) game.spawns = {slimes_round_the_middle(slimes)};
  return game;
}

class KeptWorld : public PlayedWorld {
 protected:
  void open_market(int slimes = 0, const content::RoomKindDef& def = world_def()) {
    open_kept(market_game(slimes), field_map(), def);
  }
  void open_kept(content::GameContent game, std::shared_ptr<const content::MapDef> map,
                 const content::RoomKindDef& def = world_def()) {
    game.maps[map->name] = map;
    const WorldRoomSettings settings{std::move(map), content::link_by_hand(std::move(game)), 11, &recording};
    rooms.emplace(
        def, [settings](RoomControl& control) { return make_world_room(control, settings); }, &keeper, post_office,
        parties);
  }

  /// The stored character comes, under a new lease.
  JoinOptions kept(std::int64_t character, SharedRoster party = nullptr) {
    Arrival arrival{.name = "hero" + std::to_string(character), .spawn = {}, .sheet = {}, .friends = {}, .ignored = {}};
    const auto stored = keeper.saves.find(character);
    if (stored != keeper.saves.end()) arrival.sheet = stored->second.sheet;
    if (stored != keeper.saves.end()) arrival.map = stored->second.map;
    arrival.lease = {{character}, {character + 1'000'000}, ++fence};
    arrival.party = std::move(party);
    JoinOptions options;
    options.arrival = std::make_shared<const Arrival>(std::move(arrival));
    return options;
  }
  /// A character that has coins already, as if from an earlier day.
  void endow(std::int64_t character, std::int64_t coins) {
    sim::CharacterSheet sheet;
    sheet.coins = coins;
    Cut cut;
    cut.moves.push_back({owner_of(LedgerSource::GameMaster),
                         owner_of(CharacterId{character}),
                         kCoinsAsset,
                         coins,
                         0,
                         LedgerSource::GameMaster,
                         {}});
    cut.saves.push_back({{{character}, {1}, 1}, sim::save_sheet(sheet), 1, "field", true});
    keeper.store(cut);
  }
  /// Ticks, and all that is handed over meanwhile becomes durable.
  void settle(int steps = 3) {
    for (int i = 0; i < steps; ++i) {
      room().step();
      keeper.commit(room().room);
    }
    room().step();
  }

  void shop(std::uint64_t link, const std::string& action, const std::string& item) {
    room().say(link, "shop", texts_payload({{"npcId", "smith"}, {"action", action}, {"itemId", item}}));
  }
  void quest(std::uint64_t link, const std::string& action) {
    room().say(link, "quest", texts_payload({{"questId", "hunt"}, {"action", action}}));
  }
  /// How many of an item the client sees in its bag.
  double shown_in_bag(std::uint64_t link, const std::string& item) {
    double count = 0;
    for (int slot = 0; slot < content::kBagCapacityMax; ++slot) {
      const std::string key = std::to_string(slot);
      if (client(link).own("bag", key, "item").text == item) count += client(link).own("bag", key, "count").number;
    }
    return count;
  }
  DecodingClient& client(std::uint64_t link) { return room().players.at(link).client; }

  FakeKeeper keeper;
  PostOffice* post_office = nullptr;
  PartyRegistry* parties = nullptr;
  std::int64_t fence = 0;
};

}  // namespace throng::room::test
