#pragma once
// The objects of a map that the world knows by their class: where players appear, areas, routes, zones, portals.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/map/map_def.h"
#include "content/map/tiled/document.h"

namespace throng::content {

/// Whether a place in milliunits lies on the map, its rim included.
bool on_map(const MapDef& map, Position at);

/// Notes that an object reaches outside the map, at `at`.
void report_off_map(const MapDef& map, const tiled::Object& object, Position at, tiled::Problems& problems);

/// Sorts objects of one map into its definition. What stands in walls can be judged only when all walls are known, so
/// the places that need ground are listed for the builder.
class MapObjects {
 public:
  /// A box that must have some free ground, or a point that must be free, when every wall stands.
  struct GroundPlace {
    std::string where;  ///< for messages
    MapArea area;
  };

  MapObjects(MapDef& map, tiled::Problems& problems) : map_(map), problems_(problems) {}

  /// Takes an object of one of the classes; others are the game's own business, unless one looks like a slip of the
  /// pen. Not for walls.
  void add(const tiled::Layer& layer, const tiled::Object& object);

  const std::vector<GroundPlace>& ground_places() const { return ground_places_; }

 private:
  void add_player_spawn(const tiled::Layer& layer, const tiled::Object& object);
  void add_named_area(const tiled::Layer& layer, const tiled::Object& object, NamedArea::Use use);
  void add_route(const tiled::Layer& layer, const tiled::Object& object);
  void add_zone(const tiled::Layer& layer, const tiled::Object& object);
  void add_portal(const tiled::Layer& layer, const tiled::Object& object);

  std::optional<MapArea> area_of(const tiled::Layer& layer, const tiled::Object& object);
  std::optional<MapArea> box_of(const tiled::Layer& layer, const tiled::Object& object);
  bool check_name(const tiled::Object& object, std::string_view content_file);
  void report_second(const tiled::Object& object, std::string_view name);

  MapDef& map_;
  tiled::Problems& problems_;
  std::vector<GroundPlace> ground_places_;
};

}  // namespace throng::content
