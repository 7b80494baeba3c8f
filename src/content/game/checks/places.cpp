#include <algorithm>

#include <fmt/format.h>

#include "content/game/checks/all_checks.h"

namespace throng::content {
namespace {

std::string shown_point(Position at) { return fmt::format("({:g}, {:g})", at.x.value / 1000.0, at.y.value / 1000.0); }

/// A file's name from that of a map, for messages and for knowing whether it could be read.
bool map_is_broken(const SetProblems& problems, const std::string& map) {
  return problems.unknown("maps/" + map + ".tmj") || problems.unknown("maps/" + map + ".tmx");
}

class PlaceChecker {
 public:
  PlaceChecker(GameContent& content, SetProblems& problems) : content_(content), problems_(problems) {}

  void check_spawn(SpawnDef& spawn) {
    file_ = "spawns.json";
    entry_ = {"spawns", spawn.id};
    check_patrols(spawn);
    const MapDef* const map = map_of(spawn.map);
    if (map == nullptr) return;
    if (spawn.area.empty()) {
      place_round(*map, spawn);
    } else {
      find_area(*map, NamedArea::Use::Monsters, spawn.area, spawn.box);
    }
    if (!spawn.route.empty()) find_route(*map, spawn);
  }

  void check_npc(const NpcDef& npc) {
    file_ = "npcs.json";
    entry_ = {"npcs", npc.id};
    const MapDef* const map = map_of(npc.map);
    if (map == nullptr || !map->walk.blocked_at({npc.x, npc.y})) return;
    report("x_units", fmt::format("found {}, which is a wall or outside of the map {}, expected walkable ground",
                                  shown_point({npc.x, npc.y}), json_quoted(npc.map)));
  }

  void check_objective(const QuestDef& quest, std::size_t number, ObjectiveDef& objective) {
    if (objective.type != ObjectiveType::Visit) return;
    file_ = "quests.json";
    entry_ = {"quests", quest.id, "objectives", number};
    const MapDef* const map = map_of(objective.map);
    if (map != nullptr) find_area(*map, NamedArea::Use::Visit, objective.area, objective.box);
  }

  void check_portal(const MapDef& from, const Portal& portal) {
    const std::string where = fmt::format("map {}: portal {} at {}", json_quoted(from.name), json_quoted(portal.name),
                                          shown_point(portal.area.min));
    const auto target = content_.maps.find(portal.target_map);
    if (target == content_.maps.end()) {
      if (map_is_broken(problems_, portal.target_map)) return;
      return problems_.add_line(fmt::format("{}: found target_map {}, expected the name of a map{}", where,
                                            json_quoted(portal.target_map), guess_of(portal.target_map, map_names())));
    }
    std::vector<std::string_view> names;
    for (const SpawnPoint& point : target->second->player_spawns) names.push_back(point.name);
    const bool known = std::find(names.begin(), names.end(), portal.target_spawn) != names.end();
    if (portal.target_spawn.empty() || known) return;
    problems_.add_line(fmt::format("{}: found target_spawn {}, expected the name of a player_spawn of {}{}", where,
                                   json_quoted(portal.target_spawn), json_quoted(portal.target_map),
                                   guess_of(portal.target_spawn, names)));
  }

 private:
  /// Of a member of the definition at hand.
  void report(std::string_view member, std::string_view problem) {
    if (entry_.size() == 2) return problems_.at(file_, {entry_[0], entry_[1], member}, problem);
    problems_.at(file_, {entry_[0], entry_[1], entry_[2], entry_[3], member}, problem);
  }

  std::vector<std::string_view> map_names() const {
    std::vector<std::string_view> names;
    for (const auto& [name, map] : content_.maps) names.push_back(name);
    return names;
  }

  const MapDef* map_of(const std::string& name) {
    const auto found = content_.maps.find(name);
    if (found != content_.maps.end()) return found->second.get();
    if (name.empty() || map_is_broken(problems_, name)) return nullptr;
    report("map",
           fmt::format("found {}, expected the name of a map{}", json_quoted(name), guess_of(name, map_names())));
    return nullptr;
  }

  /// A monster on patrol along a route needs one.
  void check_patrols(const SpawnDef& spawn) {
    if (!spawn.route.empty()) return;
    const auto check = [&](const Reference<MonsterRef>& monster) {
      if (!is_set(monster.ref) || content_.monster(monster.ref).patrol != PatrolMode::Waypoint) return;
      problems_.at(monster.place, fmt::format("found {}, which patrols along waypoints, in a spawn without a route, "
                                              "expected the member \"route\"",
                                              json_quoted(monster.id)));
    };
    check(spawn.monster);
    for (const SpawnAlternate& alternate : spawn.alternates) check(alternate.monster);
  }

  void place_round(const MapDef& map, SpawnDef& spawn) {
    const Position middle{spawn.x, spawn.y};
    if (middle.x > map.width || middle.y > map.height) {
      return report("x_units", fmt::format("found {}, which is outside of the map, expected at most {}",
                                           shown_point(middle), shown_point({map.width, map.height})));
    }
    const auto low = [&](Milliunits at) { return std::max(at - spawn.radius, Milliunits{0}); };
    spawn.box = {{low(middle.x), low(middle.y)},
                 {std::min(middle.x + spawn.radius, map.width), std::min(middle.y + spawn.radius, map.height)}};
    if (has_free_ground(map, spawn.box)) return;
    report("x_units",
           fmt::format("found nothing but walls round {}, expected some walkable ground", shown_point(middle)));
  }

  static bool has_free_ground(const MapDef& map, const MapArea& box) {
    const std::int32_t cell = map.walk.cell_size().value;
    const int last_cx = std::max(box.min.x.value, box.max.x.value - 1) / cell;
    const int last_cy = std::max(box.min.y.value, box.max.y.value - 1) / cell;
    for (int cy = box.min.y.value / cell; cy <= last_cy; ++cy) {
      for (int cx = box.min.x.value / cell; cx <= last_cx; ++cx) {
        if (!map.walk.blocked(cx, cy)) return true;
      }
    }
    return false;
  }

  void find_area(const MapDef& map, NamedArea::Use use, const std::string& name, MapArea& box) {
    const bool monsters = use == NamedArea::Use::Monsters;
    std::vector<std::string_view> names;
    for (const NamedArea& area : map.areas) {
      if (area.use != use) continue;
      names.push_back(area.name);
      if (area.name != name) continue;
      box = area.area;
      if (has_free_ground(map, box)) return;
      return report("area", fmt::format("found {}, which has nothing but walls, expected some walkable ground",
                                        json_quoted(name)));
    }
    report("area", fmt::format("found {}, expected the name of a {} of the map {}{}", json_quoted(name),
                               monsters ? "monster_area" : "visit_area", json_quoted(map.name), guess_of(name, names)));
  }

  void find_route(const MapDef& map, SpawnDef& spawn) {
    std::vector<std::string_view> names;
    for (const MapRoute& route : map.routes) {
      names.push_back(route.name);
      if (route.name != spawn.route) continue;
      spawn.waypoints = route.points;
      for (const Position point : route.points) {
        if (!map.walk.blocked_at(point)) continue;
        report("route", fmt::format("found {}, which leads through a wall at {}, expected walkable points",
                                    json_quoted(spawn.route), shown_point(point)));
      }
      return;
    }
    report("route", fmt::format("found {}, expected the name of a route of the map {}{}", json_quoted(spawn.route),
                                json_quoted(map.name), guess_of(spawn.route, names)));
  }

  GameContent& content_;
  SetProblems& problems_;
  std::string file_;
  std::vector<JsonStep> entry_;  ///< the definition at hand: two steps, or four
};

}  // namespace

void check_places(GameContent& content, SetProblems& problems) {
  PlaceChecker checker(content, problems);
  for (SpawnDef& spawn : content.spawns) {
    if (!spawn.retired) checker.check_spawn(spawn);
  }
  for (const NpcDef& npc : content.npcs) {
    if (!npc.retired) checker.check_npc(npc);
  }
  for (QuestDef& quest : content.quests) {
    for (std::size_t i = 0; i < quest.objectives.size() && !quest.retired; ++i) {
      checker.check_objective(quest, i, quest.objectives[i]);
    }
  }
  for (const auto& [name, map] : content.maps) {
    for (const Portal& portal : map->portals) checker.check_portal(*map, portal);
  }
}

}  // namespace throng::content
