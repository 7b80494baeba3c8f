#pragma once
// The room kind `world`: a map with players and monsters.

#include <memory>

#include "content/map/map_def.h"
#include "room/room_logic.h"

namespace throng::room {

struct WorldRoomSettings {
  std::shared_ptr<const content::MapDef> map;
  SharedContent content;
  std::uint64_t seed = 0;
  RecordingSink* recordings = nullptr;  ///< null: do not record; else outlives the room
};

std::unique_ptr<RoomLogic> make_world_room(RoomControl& control, const WorldRoomSettings& settings);

}  // namespace throng::room
