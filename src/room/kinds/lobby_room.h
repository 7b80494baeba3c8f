#pragma once
// A room without a world: tells its clients which rooms there are, and what changes (SPEC 18.3).

#include "room/room_logic.h"

namespace throng::room {

std::unique_ptr<RoomLogic> make_lobby_room(RoomControl& control);

}  // namespace throng::room
