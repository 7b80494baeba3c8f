#include "content/map/map_builder.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "content/map/map_objects.h"
#include "content/map/outline.h"
#include "content/map/raster.h"
#include "content/map/tile_table.h"
#include "content/map/tiled/tile_data.h"

namespace throng::content {
namespace {

/// Tiles of all layers together: four layers of the largest map.
constexpr std::int64_t kMapCellsMax = std::int64_t{4} * kMapTilesPerSideMax * kMapTilesPerSideMax;
/// Steps of rasterising and searching that one map may cost: about a second, far beyond any real map.
constexpr std::int64_t kMapWorkMax = 300'000'000;

class MapBuilder {
 public:
  MapBuilder(const tiled::Map& document, std::string name) : document_(document) { map_.name = std::move(name); }

  Result<MapDef> build() {
    check_size();
    THRONG_CHECK(problems_.verdict());
    const int width_units = document_.width * document_.tile_width;
    const int height_units = document_.height * document_.tile_height;
    map_.width = units(width_units);
    map_.height = units(height_units);
    map_.walk = WalkGrid(units(kWalkCellUnits), (width_units + kWalkCellUnits - 1) / kWalkCellUnits,
                         (height_units + kWalkCellUnits - 1) / kWalkCellUnits);
    const TileTable tiles(document_, problems_);
    for (const tiled::Layer& layer : document_.layers) {
      if (layer.kind == tiled::Layer::Kind::Tiles) {
        stamp_tiles(layer, tiles);
      } else {
        for (const tiled::Object& object : layer.objects) add_object(layer, object);
      }
    }
    check_places();
    THRONG_CHECK(problems_.verdict());
    map_.content_hash = content_hash(map_);
    return std::move(map_);
  }

 private:
  void check_size() {
    const std::int64_t longest = std::max(std::int64_t{document_.width} * document_.tile_width,
                                          std::int64_t{document_.height} * document_.tile_height);
    if (longest > kMapUnitsPerSideMax) {
      problems_.add(document_.where,
                    fmt::format("found a map {} pixels long, expected at most {}", longest, kMapUnitsPerSideMax));
    }
    std::int64_t cells = 0;
    std::size_t objects = 0;
    std::size_t points = 0;
    for (const tiled::Layer& layer : document_.layers) {
      if (layer.kind == tiled::Layer::Kind::Tiles) cells += std::int64_t{document_.width} * document_.height;
      objects += layer.objects.size();
      for (const tiled::Object& object : layer.objects) points += object.points.size();
    }
    if (cells > kMapCellsMax) {
      problems_.add(document_.where,
                    fmt::format("found {} tiles in all layers, expected at most {}", cells, kMapCellsMax));
    }
    if (objects > static_cast<std::size_t>(kMapObjectsMax)) {
      problems_.add(document_.where, fmt::format("found {} objects, expected at most {}", objects, kMapObjectsMax));
    }
    if (points > tiled::kPointsMax) {
      problems_.add(document_.where,
                    fmt::format("found {} corners of polygons, expected at most {}", points, tiled::kPointsMax));
    }
  }

  /// False, and one problem, when the map costs too much.
  bool spend(std::int64_t steps, std::string_view where) {
    if (work_ > kMapWorkMax) return false;
    work_ += steps;
    if (work_ <= kMapWorkMax) return true;
    problems_.add(where, "found more collision geometry than a map may have, expected fewer or simpler shapes");
    return false;
  }

  // ---- tiles --------------------------------------------------------------------------------------------------

  void stamp_tiles(const tiled::Layer& layer, const TileTable& tiles) {
    const auto width = static_cast<std::size_t>(document_.width);
    const Result<std::vector<std::uint32_t>> cells =
        tiled::decode_tiles(layer.data, width * static_cast<std::size_t>(document_.height));
    if (!cells) return problems_.add(layer.where, cells.error().message);
    for (std::size_t i = 0; i < cells->size(); ++i) {
      const std::uint32_t cell = (*cells)[i];
      if ((cell & tiled::kGidMask) == 0) continue;
      const auto column = static_cast<int>(i % width);
      const auto row = static_cast<int>(i / width);
      const TileUse* const use = tiles.find(cell & tiled::kGidMask);
      if (use == nullptr) {
        return problems_.add(layer.where,
                             fmt::format("found tile {} at column {}, row {}, which belongs to no tileset of the map",
                                         cell & tiled::kGidMask, column, row));
      }
      if (!stamp_tile(layer, *use, cell, column, row)) return;
    }
  }

  bool stamp_tile(const tiled::Layer& layer, const TileUse& use, std::uint32_t cell, int column, int row) {
    const Position corner{layer.offset.x + units(column * document_.tile_width),
                          layer.offset.y + units(row * document_.tile_height)};
    const Milliunits cell_height = units(document_.tile_height);
    if (use.blocked) {
      block_box(map_.walk, corner, {corner.x + units(document_.tile_width), corner.y + cell_height});
    }
    const Position drawn_at{corner.x, corner.y + cell_height - units(use.height)};
    for (const Outline& shape : use.shapes) {
      Outline outline = flipped(shape, cell, use.width, use.height);
      for (Position& at : outline.corners) at = {at.x + drawn_at.x, at.y + drawn_at.y};
      if (!block(outline, layer.where)) return false;
    }
    return true;
  }

  bool block(const Outline& outline, std::string_view where) {
    if (!spend(polygon_work(map_.walk, outline.corners), where)) return false;
    if (outline.closed) {
      block_polygon(map_.walk, outline.corners);
    } else {
      block_polyline(map_.walk, outline.corners);
    }
    return true;
  }

  // ---- objects ------------------------------------------------------------------------------------------------

  void add_object(const tiled::Layer& layer, const tiled::Object& object) {
    const bool in_collision_layer = layer.name == "collision" || layer.type == "collision";
    if (object.type == "collision" || (in_collision_layer && object.type.empty())) return add_wall(layer, object);
    objects_.add(layer, object);
  }

  void add_wall(const tiled::Layer& layer, const tiled::Object& object) {
    const std::optional<Outline> outline = outline_of(object, layer.offset);
    if (!outline) {
      return problems_.add(
          object.where, "found a collision shape without area, expected a rectangle, an ellipse, a polygon or a line");
    }
    for (const Position corner : outline->corners) {
      if (!on_map(map_, corner)) return report_off_map(map_, object, corner, problems_);
    }
    block(*outline, object.where);
  }

  // ---- the whole ----------------------------------------------------------------------------------------------

  void check_places() {
    if (map_.player_spawns.empty() && !problems_.any()) {
      problems_.add(document_.where,
                    "found no player_spawn, expected at least one object of that class (a point or a rectangle)");
    }
    for (const MapObjects::GroundPlace& place : objects_.ground_places()) {
      if (!has_ground(place)) problems_.add(place.where, "found nothing but walls under it, expected some free ground");
    }
  }

  bool has_ground(const MapObjects::GroundPlace& place) {
    const std::int32_t cell = map_.walk.cell_size().value;
    const int last_cx = std::max(place.area.min.x.value, place.area.max.x.value - 1) / cell;
    const int last_cy = std::max(place.area.min.y.value, place.area.max.y.value - 1) / cell;
    for (int cy = place.area.min.y.value / cell; cy <= last_cy; ++cy) {
      for (int cx = place.area.min.x.value / cell; cx <= last_cx; ++cx) {
        if (!map_.walk.blocked(cx, cy)) return true;
      }
      if (!spend(last_cx, place.where)) return true;  // the map is refused already, for its cost
    }
    return false;
  }

  const tiled::Map& document_;
  tiled::Problems problems_;
  MapDef map_;
  MapObjects objects_{map_, problems_};
  std::int64_t work_ = 0;
};

}  // namespace

Result<MapDef> build_map(const tiled::Map& document, std::string name) {
  return MapBuilder(document, std::move(name)).build();
}

}  // namespace throng::content
