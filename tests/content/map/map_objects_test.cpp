#include "content/map/map_objects.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "content/map/map_fixture.h"

namespace throng::content {
namespace {

TEST(MapObjects, ReadsPortals) {
  const MapDef map = parsed_map(json_map({.objects = std::string(spawn_json()) + R"(,
    {"id":3,"name":"door","type":"portal","x":48,"y":40,"width":8,"height":8,"properties":[{"name":"target_map","type":"string","value":"caves"},{"name":"target_spawn","type":"string","value":"in"}]})"}));
  ASSERT_EQ(map.portals.size(), 1u);
  EXPECT_EQ(map.portals[0].target_map, "caves");
  EXPECT_EQ(map.portals[0].target_spawn, "in");
}

/// Two areas, a route and a zone, as JSON and as XML.
constexpr const char* kPlacesJson = R"(,
    {"id":2,"name":"den","type":"monster_area","x":0,"y":16,"width":32,"height":16},
    {"id":3,"name":"den","type":"visit_area","x":4,"y":16,"width":8,"height":8},
    {"id":4,"name":"way","type":"route","x":4,"y":20,"polyline":[{"x":0,"y":0},{"x":12.5,"y":4},{"x":40,"y":20}]},
    {"id":5,"name":"pit","type":"zone","x":0,"y":0,"width":64,"height":48,"properties":[{"name":"pvp","type":"string","value":"arena"}]})";
constexpr const char* kPlacesXml =
    R"(<object id="1" name="start" type="player_spawn" x="4" y="20" width="8" height="8"/>
    <object id="2" name="den" type="monster_area" x="0" y="16" width="32" height="16"/>
    <object id="3" name="den" class="visit_area" x="4" y="16" width="8" height="8"/>
    <object id="4" name="way" type="route" x="4" y="20"><polyline points="0,0 12.5,4 40,20"/></object>
    <object id="5" name="pit" type="zone" x="0" y="0" width="64" height="48"><properties><property name="pvp" value="arena"/></properties></object>)";

TEST(MapObjects, ReadsAreasRoutesAndZonesInEitherFormat) {
  const MapDef map = parsed_map(json_map({.objects = std::string(spawn_json()) + kPlacesJson}));
  ASSERT_EQ(map.areas.size(), 2u);
  EXPECT_EQ(map.areas[0],
            (NamedArea{"den", NamedArea::Use::Monsters, {{units(0), units(16)}, {units(32), units(32)}}}));
  EXPECT_EQ(map.areas[1].use, NamedArea::Use::Visit) << "one name for an area of each use";
  ASSERT_EQ(map.routes.size(), 1u);
  const std::vector<Position> way = {{units(4), units(20)}, {Milliunits{16'500}, units(24)}, {units(44), units(40)}};
  EXPECT_EQ(map.routes[0], (MapRoute{"way", way}));
  ASSERT_EQ(map.zones.size(), 1u);
  EXPECT_EQ(map.zones[0], (MapZone{"pit", PvpRule::Arena, {{}, {units(64), units(48)}}}));
  EXPECT_EQ(parsed_map(xml_map({.objects = kPlacesXml})), map);
}

TEST(MapObjects, RoutesTurnAndMoveLikeEverythingElse) {
  const MapDef map = parsed_map(json_map({.more_layers = R"(,
    {"id":3,"name":"g","type":"objectgroup","offsetx":4,"offsety":20,"objects":[
      {"id":5,"name":"way","type":"route","x":8,"y":0,"rotation":90,"polyline":[{"x":0,"y":0},{"x":10,"y":0}]}]})"}));
  ASSERT_EQ(map.routes.size(), 1u);
  const std::vector<Position> way = {{units(12), units(20)}, {units(12), units(30)}};
  EXPECT_EQ(map.routes[0].points, way);
}

/// What is wrong with the map when it has this object too.
std::string problem_with(const std::string& object) {
  return map_problem(json_map({.objects = std::string(spawn_json()) + "," + object}));
}

TEST(MapObjects, NamesTheObjectThatIsWrong) {
  EXPECT_THAT(
      problem_with(R"({"id":7,"type":"portal","x":0,"y":0,"properties":[{"name":"target_map","value":"../x"}]})"),
      testing::HasSubstr("property target_map: found \"../x\""));
  EXPECT_THAT(problem_with(R"({"id":7,"type":"collision","x":60,"y":0,"width":8,"height":8})"),
              testing::HasSubstr(
                  "object 7: found it reaching outside the map at (68, 0), expected it between (0, 0) and (64, 48)"));
  EXPECT_THAT(problem_with(R"({"id":7,"type":"collision","point":true,"x":60,"y":0})"),
              testing::HasSubstr("without area"));
  EXPECT_THAT(problem_with(R"({"id":7,"type":"player_spawn","name":"start","x":8,"y":20,"point":true})"),
              testing::HasSubstr("a second player_spawn named \"start\""));
  EXPECT_THAT(problem_with(R"({"id":7,"type":"player_spawn","name":"b","x":20,"y":4,"point":true})"),
              testing::HasSubstr("nothing but walls under it"));
  EXPECT_THAT(
      problem_with(R"({"id":7,"type":"player_spawn","name":"b","x":8,"y":20,"width":4,"height":4,"rotation":3})"),
      testing::HasSubstr("no upright rectangle"));
  EXPECT_THAT(problem_with(R"({"id":7,"type":"monster_aera","x":1,"y":1})"),
              testing::HasSubstr("did you mean \"monster_area\"?"));
  EXPECT_THAT(problem_with(R"({"id":7,"template":"x.tx","x":1,"y":1})"), testing::HasSubstr("Detach Template"));
  EXPECT_EQ(problem_with(R"({"id":7,"type":"signpost","x":1,"y":1})"), "none");
}

TEST(MapObjects, OldMonsterSpawnsAreRefusedWithAdvice) {
  EXPECT_EQ(problem_with(R"({"id":7,"name":"den","type":"monster_spawn","x":0,"y":0,"width":8,"height":8})"),
            "maps/m.tmj:5: object 7 \"den\": found class \"monster_spawn\", which maps no longer have, expected a "
            "monster_area with a name, and an entry in spawns.json that says which monsters live there");
}

TEST(MapObjects, AreasNeedANameASizeAndGround) {
  EXPECT_EQ(problem_with(R"({"id":7,"type":"monster_area","x":0,"y":16,"width":8,"height":8})"),
            "maps/m.tmj:5: object 7: found the name \"\", expected 1 to 64 letters, digits, '_' or '-', by which "
            "spawns.json calls the monster_area");
  EXPECT_THAT(problem_with(R"({"id":7,"name":"a b","type":"visit_area","x":0,"y":16,"width":8,"height":8})"),
              testing::HasSubstr("found the name \"a b\", expected 1 to 64 letters, digits, '_' or '-', by which "
                                 "quests.json calls the visit_area"));
  EXPECT_THAT(
      problem_with(R"({"id":7,"name":"a","type":"monster_area","x":0,"y":16,"point":true})"),
      testing::HasSubstr("found a shape of class \"monster_area\" that is no upright rectangle with some size"));
  EXPECT_THAT(problem_with(R"({"id":7,"name":"a","type":"visit_area","x":0,"y":16,"width":8,"height":0})"),
              testing::HasSubstr("no upright rectangle with some size"));
  EXPECT_THAT(
      problem_with(R"({"id":7,"name":"a","type":"visit_area","x":0,"y":16,"width":8,"height":8,"rotation":45})"),
      testing::HasSubstr("no upright rectangle with some size"));
  EXPECT_THAT(problem_with(R"({"id":7,"name":"a","type":"monster_area","x":60,"y":16,"width":8,"height":8})"),
              testing::HasSubstr("found it reaching outside the map at (68, 24)"));
  EXPECT_THAT(problem_with(R"({"id":7,"name":"a","type":"monster_area","x":16,"y":0,"width":16,"height":16})"),
              testing::HasSubstr("found nothing but walls under it"));
  EXPECT_THAT(problem_with(R"({"id":7,"name":"a","type":"monster_area","x":0,"y":16,"width":8,"height":8},
                      {"id":8,"name":"a","type":"monster_area","x":0,"y":16,"width":8,"height":8})"),
              testing::HasSubstr("object 8 \"a\": found a second monster_area named \"a\", expected different names"));
}

TEST(MapObjects, RoutesArePolylinesOnOpenGround) {
  const auto route = [](const std::string& shape) {
    return problem_with(R"({"id":7,"name":"r","type":"route","x":4,"y":20,)" + shape + "}");
  };
  EXPECT_EQ(route(R"("polyline":[{"x":0,"y":0},{"x":4,"y":0}])"), "none");
  EXPECT_EQ(route(R"("width":4,"height":8)"),
            "maps/m.tmj:5: object 7 \"r\": found a shape of class \"route\" that is no polyline, expected one of 2 to "
            "64 points (Tiled: Insert Polygon, end with a right click)");
  EXPECT_THAT(route(R"("polygon":[{"x":0,"y":0},{"x":4,"y":0},{"x":4,"y":4}])"), testing::HasSubstr("no polyline"));
  EXPECT_THAT(route(R"("polyline":[{"x":0,"y":0}])"), testing::HasSubstr("found an array of 1, expected 2"));
  std::string points = R"({"x":0,"y":0})";
  for (int i = 0; i < kRoutePointsMax; ++i) points += R"(,{"x":1,"y":0})";
  EXPECT_THAT(route("\"polyline\":[" + points + "]"),
              testing::HasSubstr("found a route of 65 points, expected 2 to 64"));
  EXPECT_THAT(route(R"("polyline":[{"x":0,"y":0},{"x":-8,"y":0}])"),
              testing::HasSubstr("found it reaching outside the map at (-4, 20)"));
  EXPECT_EQ(route(R"("polyline":[{"x":0,"y":0},{"x":16,"y":-12}])"),
            "maps/m.tmj:5: object 7 \"r\": point 2 at (20, 8): found nothing but walls under it, expected some free "
            "ground");
  EXPECT_THAT(problem_with(R"({"id":7,"type":"route","x":4,"y":20,"polyline":[{"x":0,"y":0},{"x":4,"y":0}]})"),
              testing::HasSubstr("by which spawns.json calls the route"));
  const std::string twice = R"("name":"r","type":"route","x":4,"y":20,"polyline":[{"x":0,"y":0},{"x":4,"y":0}]})";
  EXPECT_THAT(problem_with("{\"id\":7," + twice + ",{\"id\":8," + twice),
              testing::HasSubstr("a second route named \"r\""));
}

TEST(MapObjects, RoutesInXmlAreChecked) {
  const auto route = [](const std::string& points) {
    return map_problem(xml_map({.objects = R"(<object id="1" type="player_spawn" x="4" y="20"><point/></object>
                       <object id="7" name="r" type="route" x="4" y="20"><polyline points=")" +
                                           points + "\"/></object>"}));
  };
  EXPECT_EQ(route("0,0 4,0"), "none");
  EXPECT_THAT(route("0,0"), testing::HasSubstr("object 7 \"r\": found a route of 1 points, expected 2 to 64"));
  EXPECT_THAT(route(""), testing::HasSubstr("found a route of 0 points"));
  EXPECT_THAT(route("0,0 4"), testing::HasSubstr("found the corner \"4\", expected two numbers as x,y"));
}

TEST(MapObjects, ZonesSayWhetherPlayersMayFight) {
  const auto zone = [](const std::string& pvp) {
    return problem_with(R"({"id":7,"name":"z","type":"zone","x":0,"y":0,"width":8,"height":8,"properties":[)" + pvp +
                        "]}");
  };
  for (const char* rule : {"safe", "contested", "arena"})
    EXPECT_EQ(zone(std::string(R"({"name":"pvp","value":")") + rule + "\"}"), "none");
  EXPECT_EQ(zone(R"({"name":"pvp","value":"yes"})"),
            "maps/m.tmj:5: object 7 \"z\": property pvp: found \"yes\", expected safe, contested or arena");
  EXPECT_THAT(zone(""), testing::HasSubstr("property pvp: found none"));
  EXPECT_THAT(
      problem_with(
          R"({"id":7,"type":"zone","x":0,"y":0,"width":8,"height":8,"properties":[{"name":"pvp","value":"safe"}]})"),
      testing::HasSubstr("found the name \"\""));
  std::string many = spawn_json();
  for (int i = 0; i <= kMapZonesMax; ++i) {
    many += R"(,{"id":7,"name":"z)" + std::to_string(i) +
            R"(","type":"zone","x":0,"y":0,"width":8,"height":8,"properties":[{"name":"pvp","value":"safe"}]})";
  }
  EXPECT_THAT(map_problem(json_map({.objects = many})),
              testing::HasSubstr("found one zone too many, expected at most 256"));
}

}  // namespace
}  // namespace throng::content
