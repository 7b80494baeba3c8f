#include "content/map/map_def.h"

#include <utility>

#include "base/assert.h"
#include "base/digest.h"

namespace throng::content {
namespace {

void add_text(Digest& digest, const std::string& text) { digest.add_bytes(as_bytes(text)); }

void add_position(Digest& digest, Position at) {
  digest.add(static_cast<std::uint64_t>(std::int64_t{at.x.value}));
  digest.add(static_cast<std::uint64_t>(std::int64_t{at.y.value}));
}

void add_area(Digest& digest, const MapArea& area) {
  add_position(digest, area.min);
  add_position(digest, area.max);
}

}  // namespace

std::uint64_t content_hash(const MapDef& map) {
  Digest digest;
  add_text(digest, map.name);
  add_position(digest, {map.width, map.height});
  digest.add(map.walk.digest());
  digest.add(map.player_spawns.size());
  for (const SpawnPoint& spawn : map.player_spawns) {
    add_text(digest, spawn.name);
    add_area(digest, spawn.area);
  }
  digest.add(map.areas.size());
  for (const NamedArea& area : map.areas) {
    add_text(digest, area.name);
    digest.add(static_cast<std::uint64_t>(area.use));
    add_area(digest, area.area);
  }
  digest.add(map.routes.size());
  for (const MapRoute& route : map.routes) {
    add_text(digest, route.name);
    digest.add(route.points.size());
    for (const Position point : route.points) add_position(digest, point);
  }
  digest.add(map.zones.size());
  for (const MapZone& zone : map.zones) {
    add_text(digest, zone.name);
    digest.add(static_cast<std::uint64_t>(zone.pvp));
    add_area(digest, zone.area);
  }
  digest.add(map.portals.size());
  for (const Portal& portal : map.portals) {
    add_text(digest, portal.name);
    add_area(digest, portal.area);
    add_text(digest, portal.target_map);
    add_text(digest, portal.target_spawn);
  }
  return digest.value();
}

MapDef open_field(std::string name, int width_units, int height_units) {
  THRONG_ASSERT(width_units >= 1 && width_units <= kMapUnitsPerSideMax, "width of an open field out of range");
  THRONG_ASSERT(height_units >= 1 && height_units <= kMapUnitsPerSideMax, "height of an open field out of range");
  MapDef map;
  map.name = std::move(name);
  map.width = units(width_units);
  map.height = units(height_units);
  map.walk = WalkGrid(units(kWalkCellUnits), (width_units + kWalkCellUnits - 1) / kWalkCellUnits,
                      (height_units + kWalkCellUnits - 1) / kWalkCellUnits);
  map.player_spawns.push_back({"default", {{}, {map.width, map.height}}});
  map.content_hash = content_hash(map);
  return map;
}

}  // namespace throng::content
