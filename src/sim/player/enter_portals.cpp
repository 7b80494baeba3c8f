#include "sim/player/enter_portals.h"

namespace throng::sim {
namespace {

constexpr std::uint16_t kNoPortal = 0xffff;

std::uint16_t portal_at(const content::MapDef& map, Position at) {
  for (std::size_t i = 0; i < map.portals.size(); ++i) {
    const content::MapArea& area = map.portals[i].area;
    const bool inside = at.x >= area.min.x && at.x < area.max.x && at.y >= area.min.y && at.y < area.max.y;
    if (inside) return static_cast<std::uint16_t>(i);
  }
  return kNoPortal;
}

}  // namespace

void enter_portals(WorldState& state, TickContext& ctx) {
  if (state.map->portals.empty()) return;
  for (const EntityIndex index : state.entities.indexes(EntityKind::Player)) {
    if (!state.entities.alive(index) || state.fighter(index).dead()) continue;
    PlayerState& player = state.player(index);
    const std::uint16_t portal = portal_at(*state.map, state.positions[index.value]);
    if (portal != player.inside_portal && portal != kNoPortal) ctx.tell(PortalEntered{player.key, portal});
    player.inside_portal = portal;
  }
}

void stand_in_portal(WorldState& state, EntityIndex player) {
  state.player(player).inside_portal = portal_at(*state.map, state.positions[player.value]);
}

}  // namespace throng::sim
