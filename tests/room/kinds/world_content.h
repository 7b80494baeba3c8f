#pragma once
// A small world for the tests of rooms: a field with one spot where everybody appears, and a recording that is kept.

#include <memory>

#include "content/map/map_def.h"
#include "content/monsters.h"
#include "content/server/rooms_def.h"
#include "room/ports.h"

namespace throng::room::test {

/// 2,048 units square; everybody appears in the middle; `slimes` live all over it.
inline std::shared_ptr<const content::MapDef> field_map(int slimes = 0) {
  content::MapDef map = content::open_field("field", 2048, 2048);
  const Position middle{units(1024), units(1024)};
  map.player_spawns = {{"default", {middle, middle}}};
  if (slimes > 0) map.monster_spawns = {{"slime", {{}, {map.width, map.height}}, slimes}};
  map.content_hash = content::content_hash(map);
  return std::make_shared<const content::MapDef>(std::move(map));
}

inline std::shared_ptr<const content::MonstersDef> slimes() {
  content::MonsterDef slime;
  slime.id = slime.name = "slime";
  slime.level = 3;
  slime.max_hp = 25;
  return std::make_shared<const content::MonstersDef>(content::MonstersDef{{slime}});
}

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
