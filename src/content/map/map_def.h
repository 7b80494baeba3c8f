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

/// Monsters that live in an area. Tiled: class `monster_spawn`, properties `kind` (string) and `count` (int).
struct MonsterSpawn {
  std::string kind;  ///< MonsterDef::id; whether it exists is checked with the monsters, not here
  MapArea area;
  int count = 1;     ///< 1..kMonsterSpawnCountMax
  friend bool operator==(const MonsterSpawn&, const MonsterSpawn&) = default;
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
  std::vector<MonsterSpawn> monster_spawns;
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
