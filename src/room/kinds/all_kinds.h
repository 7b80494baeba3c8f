#pragma once
// Every kind of room. To add one: its file, and one case in all_kinds.cpp.

#include <functional>
#include <memory>
#include <string>

#include "content/map/map_def.h"
#include "content/monsters.h"
#include "room/room_host.h"

namespace throng::room {

/// Everything that rooms are made of. Immutable content is shared between threads.
struct KindContext {
  std::function<std::shared_ptr<const content::MapDef>(const std::string& map)>
      map;  ///< not null for the maps of rooms.json
  std::shared_ptr<const content::MonstersDef> monsters;
  RecordingSink* recordings = nullptr;
};

/// Any thread may call the result, if it may call `context.map`.
LogicFactory make_logic_factory(KindContext context);

}  // namespace throng::room
