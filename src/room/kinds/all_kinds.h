#pragma once
// Every kind of room. To add one: its file, and one case in all_kinds.cpp.

#include "room/room_host.h"

namespace throng::room {

/// What rooms need besides content.
struct KindContext {
  RecordingSink* recordings = nullptr;  ///< null: no recordings; else outlives the rooms
};

/// Any thread may call the result. A world whose map the content does not have cannot be made.
LogicFactory make_logic_factory(KindContext context);

}  // namespace throng::room
