#include "content/map/map_builder.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "content/json.h"
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
constexpr int kMapMonstersMax = 60'000;
constexpr std::size_t kSpawnNameBytesMax = 32;

constexpr std::array<std::string_view, 4> kObjectClasses = {"player_spawn", "monster_spawn", "portal", "collision"};

std::string in_units(Position at) { return fmt::format("({:g}, {:g})", at.x.value / 1000.0, at.y.value / 1000.0); }

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
    check_spawns();
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
    if (object.type == "player_spawn") return add_player_spawn(layer, object);
    if (object.type == "monster_spawn") return add_monster_spawn(layer, object);
    if (object.type == "portal") return add_portal(layer, object);
    // Other classes are the game's own business, unless one looks like a slip of the pen.
    const std::string_view meant = nearest_word(object.type, kObjectClasses);
    if (!object.type.empty() && !meant.empty()) {
      problems_.add(object.where,
                    fmt::format("found class {}; did you mean {}?", json_quoted(object.type), json_quoted(meant)));
    }
  }

  void add_wall(const tiled::Layer& layer, const tiled::Object& object) {
    const std::optional<Outline> outline = outline_of(object, layer.offset);
    if (!outline) {
      return problems_.add(
          object.where, "found a collision shape without area, expected a rectangle, an ellipse, a polygon or a line");
    }
    for (const Position corner : outline->corners) {
      if (!inside(corner)) return report_outside(object, corner);
    }
    block(*outline, object.where);
  }

  bool inside(Position at) const {
    return at.x.value >= 0 && at.y.value >= 0 && at.x <= map_.width && at.y <= map_.height;
  }

  void report_outside(const tiled::Object& object, Position at) {
    problems_.add(object.where,
                  fmt::format("found it reaching outside the map at {}, expected it between (0, 0) and {}",
                              in_units(at), in_units({map_.width, map_.height})));
  }

  /// The upright box or point of an object, or a problem.
  std::optional<MapArea> area_of(const tiled::Layer& layer, const tiled::Object& object) {
    const bool box = object.shape == tiled::ShapeKind::Rectangle && object.rotation_degrees == 0;
    if (!box && object.shape != tiled::ShapeKind::Point) {
      problems_.add(object.where,
                    fmt::format("found a shape of class {} that is no upright rectangle, expected one, or a point",
                                json_quoted(object.type)));
      return std::nullopt;
    }
    tiled::Object upright = object;
    upright.shape = tiled::ShapeKind::Rectangle;
    upright.rotation_degrees = 0;
    if (!box) upright.width = upright.height = Milliunits{0};
    const std::optional<Outline> outline = outline_of(upright, layer.offset);
    if (!outline || !inside(outline->corners[0]) || !inside(outline->corners[2])) {
      report_outside(object, outline ? outline->corners[inside(outline->corners[0]) ? 2 : 0] : object.at);
      return std::nullopt;
    }
    return MapArea{outline->corners[0], outline->corners[2]};
  }

  void add_player_spawn(const tiled::Layer& layer, const tiled::Object& object) {
    const std::optional<MapArea> area = area_of(layer, object);
    if (!area) return;
    const std::string name = object.name.empty() ? "default" : object.name;
    if (!is_json_name(name) || name.size() > kSpawnNameBytesMax) {
      return problems_.add(object.where, fmt::format("found the name {}, expected 1 to {} letters, digits, '_' or '-'",
                                                     json_quoted(name), kSpawnNameBytesMax));
    }
    for (const SpawnPoint& other : map_.player_spawns) {
      if (other.name == name) {
        return problems_.add(object.where, fmt::format("found a second player_spawn named {}, expected different names",
                                                       json_quoted(name)));
      }
    }
    map_.player_spawns.push_back({name, *area});
    spawn_places_.push_back({object.where, *area});
  }

  void add_monster_spawn(const tiled::Layer& layer, const tiled::Object& object) {
    const std::optional<MapArea> area = area_of(layer, object);
    const std::string* const kind = object.property("kind");
    if (kind == nullptr || !is_json_name(*kind)) {
      problems_.add(object.where, fmt::format("property kind: found {}, expected the id of a monster, such as slime",
                                              kind == nullptr ? "none" : json_quoted(*kind)));
      return;
    }
    int count = 1;
    if (const std::string* const text = object.property("count")) {
      const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), count);
      if (error != std::errc() || end != text->data() + text->size() || count < 1 || count > kMonsterSpawnCountMax) {
        problems_.add(object.where, fmt::format("property count: found {}, expected an integer from 1 to {}",
                                                json_quoted(*text), kMonsterSpawnCountMax));
        return;
      }
    }
    if (!area) return;
    monsters_ += count;
    map_.monster_spawns.push_back({*kind, *area, count});
    spawn_places_.push_back({object.where, *area});
  }

  void add_portal(const tiled::Layer& layer, const tiled::Object& object) {
    const std::optional<MapArea> area = area_of(layer, object);
    const std::string* const target = object.property("target_map");
    const std::string* const spawn = object.property("target_spawn");
    if (target == nullptr || !is_json_name(*target)) {
      problems_.add(object.where,
                    fmt::format("property target_map: found {}, expected a map's name without ending, such as caves",
                                target == nullptr ? "none" : json_quoted(*target)));
      return;
    }
    const std::string target_spawn = spawn == nullptr ? std::string() : *spawn;
    if (!target_spawn.empty() && (!is_json_name(target_spawn) || target_spawn.size() > kSpawnNameBytesMax)) {
      problems_.add(object.where, fmt::format("property target_spawn: found {}, expected the name of a player_spawn",
                                              json_quoted(target_spawn)));
      return;
    }
    if (area) map_.portals.push_back({object.name, *area, *target, target_spawn});
  }

  // ---- the whole ----------------------------------------------------------------------------------------------

  void check_spawns() {
    if (map_.player_spawns.empty() && !problems_.any()) {
      problems_.add(document_.where,
                    "found no player_spawn, expected at least one object of that class (a point or a rectangle)");
    }
    if (monsters_ > kMapMonstersMax) {
      problems_.add(document_.where,
                    fmt::format("found {} monsters in all spawns, expected at most {}", monsters_, kMapMonstersMax));
    }
    for (const SpawnPlace& place : spawn_places_) {
      if (!has_ground(place)) problems_.add(place.where, "found nothing but walls under it, expected some free ground");
    }
  }

  struct SpawnPlace {
    std::string where;
    MapArea area;
  };

  bool has_ground(const SpawnPlace& place) {
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
  std::vector<SpawnPlace> spawn_places_;
  std::int64_t work_ = 0;
  int monsters_ = 0;  ///< at most kMapObjectsMax times kMonsterSpawnCountMax
};

}  // namespace

Result<MapDef> build_map(const tiled::Map& document, std::string name) {
  return MapBuilder(document, std::move(name)).build();
}

}  // namespace throng::content
