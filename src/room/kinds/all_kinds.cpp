#include "room/kinds/all_kinds.h"

#include "base/assert.h"
#include "base/rng.h"
#include "room/kinds/lobby_room.h"
#include "room/kinds/mmo_room.h"
#include "room/kinds/world_room.h"

namespace throng::room {
namespace {

MmoSettings mmo_settings(const content::RoomKindDef& def) {
  return {.side = units(def.mmo->side_units),
          .monsters = static_cast<std::uint32_t>(def.mmo->monsters),
          .entities_max = static_cast<std::uint32_t>(def.entities_max),
          .tick_rate_hz = def.tick_rate_hz,
          .index_quarantine = Tick{static_cast<std::uint32_t>(def.tick_rate_hz) * 4}};
}

MakeLogic make_world(const KindContext& context, const std::string& map, const SharedContent& content) {
  if (!content) return {};
  const auto found = content->maps.find(map);
  if (found == content->maps.end()) return {};
  return [settings = WorldRoomSettings{found->second, content, secure_random_u64(), context.recordings}](
             RoomControl& control) { return make_world_room(control, settings); };
}

}  // namespace

LogicFactory make_logic_factory(KindContext context) {
  return [context = std::move(context)](const content::RoomKindDef& def, const std::string& filter,
                                        const SharedContent& content) -> MakeLogic {
    switch (def.kind) {
      case content::RoomKind::World: return make_world(context, filter, content);
      case content::RoomKind::Lobby: return [](RoomControl& control) { return make_lobby_room(control); };
      case content::RoomKind::Mmo:
        return [settings = mmo_settings(def), seed = secure_random_u64()](RoomControl& control) {
          return make_mmo_room(control, settings, seed);
        };
    }
    THRONG_ASSERT(false, "a kind of room has no logic");
    return {};
  };
}

}  // namespace throng::room
