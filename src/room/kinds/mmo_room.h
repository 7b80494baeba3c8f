#pragma once
// The room kind `mmo`: the reference workload of the benchmarks on the same synchronisation as the game.

#include "room/kinds/mmo_world.h"
#include "room/room_logic.h"

namespace throng::room {

std::unique_ptr<RoomLogic> make_mmo_room(RoomControl& control, const MmoSettings& settings, std::uint64_t seed);

}  // namespace throng::room
