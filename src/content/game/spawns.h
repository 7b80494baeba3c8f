#pragma once
// config/content/spawns.json: which monsters live where. The areas and routes are objects of the maps, by name.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "content/game/refs.h"
#include "content/map/map_def.h"

namespace throng::content {

enum class RouteMode : std::uint8_t { Loop, PingPong };

/// A rare alternate: instead of the usual kind, with this probability at each appearance.
struct SpawnAlternate {
  Reference<MonsterRef> monster;
  BasisPoints chance{100};
  friend bool operator==(const SpawnAlternate&, const SpawnAlternate&) = default;
};

struct SpawnDef {
  std::string id;
  std::string map;   ///< name of the map
  std::string area;  ///< name of a `monster_area` object there; empty: `x`, `y` and `radius` say where
  Milliunits x{0};
  Milliunits y{0};
  Milliunits radius = units(64);
  Reference<MonsterRef> monster;
  std::vector<SpawnAlternate> alternates;
  int count = 1;          ///< most that live at once, 1..kMonsterSpawnCountMax
  int respawn_ms = -1;    ///< -1: as the monster says
  std::string route;      ///< name of a `route` object (polyline) there, for PatrolMode::Waypoint
  RouteMode route_mode = RouteMode::Loop;
  int route_wait_ms = 0;  ///< at each point
  std::string place;      ///< `file:line:column: $.path`, for the linker's complaints
  bool retired = false;
  // Filled in by linking with the map:
  MapArea box;                     ///< what `area`, or x, y and radius, comes to
  std::vector<Position> waypoints; ///< of `route`, on walkable ground
  friend bool operator==(const SpawnDef& a, const SpawnDef& b);  ///< what files say; not places or links
};

inline constexpr std::size_t kRouteWaypointsMax = 64;

Result<std::vector<SpawnDef>> parse_spawns(std::string_view text, std::string_view file);
std::string json_schema_for_spawns();

}  // namespace throng::content
