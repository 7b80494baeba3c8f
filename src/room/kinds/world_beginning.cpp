#include "room/kinds/world_beginning.h"

#include <algorithm>
#include <utility>

#include "base/log.h"

namespace throng::room {
namespace {

using sim::EntityIndex;
using sim::EntityKind;

Result<sim::World> saved_world(const SavedRoom& saved, const WorldRoomSettings& settings,
                               const sim::WorldSettings& wanted) {
  THRONG_TRY(sim::World world, sim::World::restore(saved.world, settings.map, settings.content));
  sim::WorldSettings kept = world.settings();
  kept.item_uid_base = wanted.item_uid_base;
  if (kept != wanted) return fail("it was saved with other rates or limits in rooms.json");
  return world;
}

/// Players come back by themselves, with what was kept of them.
void take_players_out(WorldBeginning& beginning) {
  const sim::World& world = beginning.world;
  std::uint32_t last_key = 0;
  for (const EntityIndex index : world.entities().indexes(EntityKind::Player)) {
    const sim::PlayerKey key = world.player(index).key;
    last_key = std::max(last_key, key.value);
    if (world.entities().alive(index)) beginning.intents.emplace_back(sim::RemovePlayer{key});
  }
  for (const EntityIndex index : world.entities().indexes(EntityKind::Drop)) {
    const sim::PlayerKey owner = world.state().drop(index).owner;
    if (owner != sim::kNobody) last_key = std::max(last_key, owner.value);
  }
  beginning.first_key = last_key + 1;
}

}  // namespace

WorldBeginning begin_world(const RoomControl& control, const WorldRoomSettings& settings,
                           const sim::WorldSettings& world_settings) {
  const SavedRoom& saved = control.saved();
  if (!saved.world.empty()) {
    Result<sim::World> restored = saved_world(saved, settings, world_settings);
    if (restored) {
      WorldBeginning beginning{*std::move(restored), true, {}, 1};
      for (const auto& [asset, amount] : saved.picked_up) beginning.world.take_off_ground(asset.view(), amount);
      beginning.world.give_uids_from(world_settings.item_uid_base);
      take_players_out(beginning);
      return beginning;
    }
    log_error("a room begins anew, for its saved world is of no use and was put aside",
              {{"room", control.room_id()}, {"map", settings.map->name}, {"reason", restored.error().message}});
  }
  return {sim::World(settings.map, settings.content, world_settings, settings.seed), false, {}, 1};
}

}  // namespace throng::room
