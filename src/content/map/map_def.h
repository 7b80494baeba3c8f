#pragma once
// A map as the world needs it: where one may walk, who appears where, and where the portals lead. The pictures
// stay in the Tiled file, which the page draws by itself.

#include <cstdint>
#include <string>
#include <vector>

#include "base/units.h"
#include "content/map/walk_grid.h"

namespace throng::content {

/// Axis-aligned box; `max` is exclusive. A point has min equal to max.
struct MapArea {
  Position min;
  Position max;
  friend bool operator==(const MapArea&, const MapArea&) = default;
};

/// Where players appear. Tiled: an object of class `player_spawn`, a point or a rectangle.
struct SpawnPoint {
  std::string name;  ///< unique in the map, never empty
  MapArea area;
  friend bool operator==(const SpawnPoint&, const SpawnPoint&) = default;
};

/// A place that content names. Tiled: class `monster_area` (spawns.json) or `visit_area` (quests.json), a rectangle.
struct NamedArea {
  enum class Use : std::uint8_t { Monsters, Visit };
  std::string name;  ///< unique among the areas of its use in the map, never empty
  Use use = Use::Monsters;
  MapArea area;
  friend bool operator==(const NamedArea&, const NamedArea&) = default;
};

/// A way that monsters patrol. Tiled: class `route`, a polyline of 2 to kRoutePointsMax points.
struct MapRoute {
  std::string name;  ///< unique in the map, never empty
  std::vector<Position> points;
  friend bool operator==(const MapRoute&, const MapRoute&) = default;
};

/// Whether players may fight each other. Tiled: class `zone`, property `pvp`; outside of zones it is safe.
enum class PvpRule : std::uint8_t {
  Safe,       ///< no
  Contested,  ///< yes, but not members of one party
  Arena,      ///< yes, and death there costs nothing
};
struct MapZone {
  std::string name;  ///< unique in the map, never empty
  PvpRule pvp = PvpRule::Safe;
  MapArea area;
  friend bool operator==(const MapZone&, const MapZone&) = default;
};

/// A way to another map. Tiled: class `portal`, properties `target_map` and optionally `target_spawn`.
struct Portal {
  std::string name;  ///< may be empty
  MapArea area;
  std::string target_map;
  std::string target_spawn;  ///< empty: the target's first spawn point
  friend bool operator==(const Portal&, const Portal&) = default;
};

inline constexpr int kMonsterSpawnCountMax = 2000;
inline constexpr int kRoutePointsMax = 64;
inline constexpr int kMapZonesMax = 256;
inline constexpr int kMapTilesPerSideMax = 4096;
inline constexpr int kMapLayersMax = 64;
inline constexpr int kMapObjectsMax = 10'000;
/// Longest side of a map in world units: 4,096 tiles of 32. Its walk grid takes 32 MiB.
inline constexpr int kMapUnitsPerSideMax = 131'072;

/// Immutable once parsed; shared by every room of the map.
struct MapDef {
  std::string name;   ///< the file's name without folder and ending
  Milliunits width;   ///< above 0
  Milliunits height;  ///< above 0
  WalkGrid walk;
  std::vector<SpawnPoint> player_spawns;  ///< at least one, each with some free ground
  std::vector<NamedArea> areas;
  std::vector<MapRoute> routes;
  std::vector<MapZone> zones;  ///< where two overlap, the later one holds
  std::vector<Portal> portals;
  /// Equal for maps on which a world behaves equally: made of everything above, not of the file's bytes.
  std::uint64_t content_hash = 0;
  friend bool operator==(const MapDef&, const MapDef&) = default;
};

/// The hash of everything but `content_hash` itself.
std::uint64_t content_hash(const MapDef& map);

/// A map without walls or monsters and one spawn point, named `default`, that covers it. For tests and benches.
/// Sizes in world units, 1..kMapUnitsPerSideMax.
MapDef open_field(std::string name, int width_units, int height_units);

}  // namespace throng::content
