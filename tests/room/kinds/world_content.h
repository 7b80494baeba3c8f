#pragma once
// A small world for the tests of rooms: a field with one spot where everybody appears, and a recording that is kept.

#include <memory>

#include "content/game/game_content.h"
#include "content/map/map_def.h"
#include "content/server/rooms_def.h"
#include "room/room_logic.h"

namespace throng::room::test {

/// 2,048 units square; everybody appears in the middle.
inline std::shared_ptr<const content::MapDef> field_map() {
  content::MapDef map = content::open_field("field", 2048, 2048);
  const Position middle{units(1024), units(1024)};
  map.player_spawns = {{"default", {middle, middle}}};
  map.content_hash = content::content_hash(map);
  return std::make_shared<const content::MapDef>(std::move(map));
}

/// Characters of a hundred health and, `slimes` of them all over the map, one kind of monster. Not linked yet.
inline content::GameContent slime_game(int slimes = 0) {
  content::GameContent game;
  game.balance.start[content::Stat::MaxHp] = 100;
  game.balance.start[content::Stat::MaxMana] = 50;
  game.balance.start[content::Stat::Speed] = kBasisPointsWhole;
  content::MonsterDef slime;
  slime.id = slime.name = "slime";
  slime.level = 3;
  slime.max_hp = 25;
  game.monsters = {slime};
  const std::shared_ptr<const content::MapDef> map = field_map();
  if (slimes > 0) {
    content::SpawnDef spawn;
    spawn.id = "slimes";
    spawn.map = map->name;
    spawn.monster.id = "slime";
    spawn.count = slimes;
    spawn.box = {{}, {map->width, map->height}};
    game.spawns = {spawn};
  }
  game.maps[map->name] = map;
  return game;
}

inline SharedContent slimes(int count = 0) { return content::link_by_hand(slime_game(count)); }

inline content::RoomKindDef world_def() {
  content::RoomKindDef def;
  def.name = "world";
  def.kind = content::RoomKind::World;
  def.max_clients = 100;
  def.messages_per_s_max = 1000;
  def.world.emplace();
  return def;
}

class KeptRecording final : public RecordingSink {
 public:
  bool append(std::string_view stream, std::vector<std::uint8_t> more) override {
    ++appends;
    if (refuses) return false;
    name = stream;
    bytes.insert(bytes.end(), more.begin(), more.end());
    return true;
  }
  bool refuses = false;
  int appends = 0;
  std::string name;
  std::vector<std::uint8_t> bytes;
};

}  // namespace throng::room::test
