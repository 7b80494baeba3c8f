#pragma once
// How a world room begins: anew, or where a room of the same place was before the server ended.

#include <vector>

#include "room/kinds/world_room.h"
#include "room/room_logic.h"
#include "sim/intent.h"
#include "sim/world.h"

namespace throng::room {

struct WorldBeginning {
  sim::World world;
  bool carried_on = false;             ///< from RoomControl::saved
  std::vector<sim::Intent> intents;    ///< of the first tick: whoever played then is not here any more
  std::uint32_t first_key = 1;         ///< of players: nobody gets one that the world still knows
};

/// A saved world that cannot be read, or is of other settings, is logged and left alone: the room begins anew.
WorldBeginning begin_world(const RoomControl& control, const WorldRoomSettings& settings,
                           const sim::WorldSettings& world_settings);

}  // namespace throng::room
