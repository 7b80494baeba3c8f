#include "content/map/map_objects.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "content/json.h"
#include "content/map/outline.h"

namespace throng::content {
namespace {

constexpr std::size_t kSpawnNameBytesMax = 32;

constexpr std::array<std::string_view, 7> kObjectClasses = {"player_spawn", "monster_area", "visit_area", "route",
                                                            "zone",         "portal",       "collision"};
constexpr std::array<std::string_view, 3> kPvpNames = {"safe", "contested", "arena"};

std::string in_units(Position at) { return fmt::format("({:g}, {:g})", at.x.value / 1000.0, at.y.value / 1000.0); }

template <typename Things>
bool has_name(const Things& things, std::string_view name) {
  return std::any_of(things.begin(), things.end(), [name](const auto& thing) { return thing.name == name; });
}

}  // namespace

bool on_map(const MapDef& map, Position at) {
  return at.x.value >= 0 && at.y.value >= 0 && at.x <= map.width && at.y <= map.height;
}

void report_off_map(const MapDef& map, const tiled::Object& object, Position at, tiled::Problems& problems) {
  problems.add(object.where, fmt::format("found it reaching outside the map at {}, expected it between (0, 0) and {}",
                                         in_units(at), in_units({map.width, map.height})));
}

void MapObjects::add(const tiled::Layer& layer, const tiled::Object& object) {
  if (object.type == "player_spawn") return add_player_spawn(layer, object);
  if (object.type == "monster_area") return add_named_area(layer, object, NamedArea::Use::Monsters);
  if (object.type == "visit_area") return add_named_area(layer, object, NamedArea::Use::Visit);
  if (object.type == "route") return add_route(layer, object);
  if (object.type == "zone") return add_zone(layer, object);
  if (object.type == "portal") return add_portal(layer, object);
  if (object.type == "monster_spawn") {
    return problems_.add(object.where,
                         "found class \"monster_spawn\", which maps no longer have, expected a monster_area with a "
                         "name, and an entry in spawns.json that says which monsters live there");
  }
  const std::string_view meant = nearest_word(object.type, kObjectClasses);
  if (!object.type.empty() && !meant.empty()) {
    problems_.add(object.where,
                  fmt::format("found class {}; did you mean {}?", json_quoted(object.type), json_quoted(meant)));
  }
}

/// The upright box or point of an object, or a problem.
std::optional<MapArea> MapObjects::area_of(const tiled::Layer& layer, const tiled::Object& object) {
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
  if (!outline || !on_map(map_, outline->corners[0]) || !on_map(map_, outline->corners[2])) {
    const Position at = outline ? outline->corners[on_map(map_, outline->corners[0]) ? 2 : 0] : object.at;
    report_off_map(map_, object, at, problems_);
    return std::nullopt;
  }
  return MapArea{outline->corners[0], outline->corners[2]};
}

/// The upright box of an object that needs some size, or a problem.
std::optional<MapArea> MapObjects::box_of(const tiled::Layer& layer, const tiled::Object& object) {
  const bool box = object.shape == tiled::ShapeKind::Rectangle && object.rotation_degrees == 0;
  if (!box || object.width.value == 0 || object.height.value == 0) {
    problems_.add(object.where, fmt::format("found a shape of class {} that is no upright rectangle with some size, "
                                            "expected one",
                                            json_quoted(object.type)));
    return std::nullopt;
  }
  return area_of(layer, object);
}

/// False, and one problem, when the object cannot be called by its name in a content file.
bool MapObjects::check_name(const tiled::Object& object, std::string_view content_file) {
  if (is_json_name(object.name)) return true;
  problems_.add(object.where,
                fmt::format("found the name {}, expected 1 to 64 letters, digits, '_' or '-', by which {} calls the {}",
                            json_quoted(object.name), content_file, object.type));
  return false;
}

void MapObjects::report_second(const tiled::Object& object, std::string_view name) {
  problems_.add(object.where,
                fmt::format("found a second {} named {}, expected different names", object.type, json_quoted(name)));
}

void MapObjects::add_player_spawn(const tiled::Layer& layer, const tiled::Object& object) {
  const std::optional<MapArea> area = area_of(layer, object);
  if (!area) return;
  const std::string name = object.name.empty() ? "default" : object.name;
  if (!is_json_name(name) || name.size() > kSpawnNameBytesMax) {
    return problems_.add(object.where, fmt::format("found the name {}, expected 1 to {} letters, digits, '_' or '-'",
                                                   json_quoted(name), kSpawnNameBytesMax));
  }
  if (has_name(map_.player_spawns, name)) return report_second(object, name);
  map_.player_spawns.push_back({name, *area});
  ground_places_.push_back({object.where, *area});
}

void MapObjects::add_named_area(const tiled::Layer& layer, const tiled::Object& object, NamedArea::Use use) {
  const std::optional<MapArea> area = box_of(layer, object);
  const bool named = check_name(object, use == NamedArea::Use::Monsters ? "spawns.json" : "quests.json");
  if (!area || !named) return;
  const bool second = std::any_of(map_.areas.begin(), map_.areas.end(), [&](const NamedArea& other) {
    return other.use == use && other.name == object.name;
  });
  if (second) return report_second(object, object.name);
  map_.areas.push_back({object.name, use, *area});
  ground_places_.push_back({object.where, *area});
}

void MapObjects::add_route(const tiled::Layer& layer, const tiled::Object& object) {
  const bool named = check_name(object, "spawns.json");
  if (object.shape != tiled::ShapeKind::Polyline) {
    return problems_.add(object.where,
                         fmt::format("found a shape of class \"route\" that is no polyline, expected one of 2 to {} "
                                     "points (Tiled: Insert Polygon, end with a right click)",
                                     kRoutePointsMax));
  }
  if (object.points.size() < 2 || object.points.size() > kRoutePointsMax) {
    return problems_.add(object.where, fmt::format("found a route of {} points, expected 2 to {}", object.points.size(),
                                                   kRoutePointsMax));
  }
  std::optional<Outline> outline = outline_of(object, layer.offset);
  if (!outline) return report_off_map(map_, object, object.at, problems_);
  for (const Position point : outline->corners) {
    if (!on_map(map_, point)) return report_off_map(map_, object, point, problems_);
  }
  if (!named) return;
  if (has_name(map_.routes, object.name)) return report_second(object, object.name);
  for (std::size_t i = 0; i < outline->corners.size(); ++i) {
    const Position point = outline->corners[i];
    ground_places_.push_back({fmt::format("{}: point {} at {}", object.where, i + 1, in_units(point)), {point, point}});
  }
  map_.routes.push_back({object.name, std::move(outline->corners)});
}

void MapObjects::add_zone(const tiled::Layer& layer, const tiled::Object& object) {
  const std::optional<MapArea> area = box_of(layer, object);
  const bool named = check_name(object, "the game");
  const std::string* const pvp = object.property("pvp");
  const auto* const rule = pvp == nullptr ? kPvpNames.end() : std::find(kPvpNames.begin(), kPvpNames.end(), *pvp);
  if (rule == kPvpNames.end()) {
    return problems_.add(object.where, fmt::format("property pvp: found {}, expected safe, contested or arena",
                                                   pvp == nullptr ? "none" : json_quoted(*pvp)));
  }
  if (!area || !named) return;
  if (has_name(map_.zones, object.name)) return report_second(object, object.name);
  if (map_.zones.size() >= kMapZonesMax) {
    return problems_.add(object.where, fmt::format("found one zone too many, expected at most {}", kMapZonesMax));
  }
  map_.zones.push_back({object.name, static_cast<PvpRule>(rule - kPvpNames.begin()), *area});
}

void MapObjects::add_portal(const tiled::Layer& layer, const tiled::Object& object) {
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

}  // namespace throng::content
