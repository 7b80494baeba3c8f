#include "content/map/map_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "content/map/map_fixture.h"
#include "support/files.h"

namespace throng::content {
namespace {

/// Rows of the walk grid, `#` blocked.
std::string picture(const WalkGrid& walk) {
  std::string out;
  for (int cy = 0; cy < walk.height_cells(); ++cy) {
    for (int cx = 0; cx < walk.width_cells(); ++cx) out += walk.blocked(cx, cy) ? '#' : '.';
    out += '\n';
  }
  return out;
}

TEST(MapParser, ReadsTilesShapesAndObjects) {
  const MapDef map = parsed_map(json_map({}));
  EXPECT_EQ(map.name, "m");
  EXPECT_EQ(map.width, units(64));
  EXPECT_EQ(map.height, units(48));
  EXPECT_EQ(picture(map.walk),
            "..##...#\n"
            "..##....\n"
            "....#...\n"
            "........\n"
            "##......\n"
            "##......\n");
  ASSERT_EQ(map.player_spawns.size(), 1u);
  EXPECT_EQ(map.player_spawns[0].name, "start");
  EXPECT_EQ(map.player_spawns[0].area, (MapArea{{units(4), units(20)}, {units(12), units(28)}}));
  EXPECT_EQ(map.content_hash, content_hash(map));
}

TEST(MapParser, EveryEncodingGivesTheSameMap) {
  const MapDef plain = parsed_map(json_map({}));
  const std::string bytes = raw_bytes(small_cells());
  const auto json = [](const std::string& compression, const std::string& packed) {
    return json_map({.data = "\"encoding\":\"base64\",\"compression\":\"" + compression + "\",\"data\":\"" +
                             base64_of(packed) + "\""});
  };
  const auto xml = [](const std::string& compression, const std::string& packed) {
    const std::string attribute = compression.empty() ? "" : " compression=\"" + compression + "\"";
    return xml_map({.data = "<data encoding=\"base64\"" + attribute + ">\n  " + base64_of(packed) + "\n </data>"});
  };
  std::string elements;
  for (const std::uint32_t cell : small_cells()) elements += "<tile gid=\"" + std::to_string(cell) + "\"/>";
  const std::vector<std::string> maps = {
      json("", bytes),
      json("zlib", deflated(bytes, false)),
      json("gzip", deflated(bytes, true)),
      json("zstd", zstd_of(bytes)),
      xml_map({}),
      xml("", bytes),
      xml("zlib", deflated(bytes, false)),
      xml("gzip", deflated(bytes, true)),
      xml("zstd", zstd_of(bytes)),
      xml_map({.data = "<data>" + elements + "</data>"}),
  };
  for (const std::string& text : maps) EXPECT_EQ(parsed_map(text), plain) << text;
}

TEST(MapParser, ExternalTilesetsAreReadInEitherFormat) {
  const MapDef plain = parsed_map(json_map({}));
  const FileReader both = files({{"t.tsx", tileset_xml()}, {"sub/t.tsj", std::string("{") + tileset_members() + "}"}});
  EXPECT_EQ(parsed_map(json_map({.tileset = R"({"firstgid":1,"source":"t.tsx"})"}), both), plain);
  EXPECT_EQ(parsed_map(json_map({.tileset = R"({"firstgid":1,"source":"sub/t.tsj"})"}), both), plain);
  EXPECT_EQ(parsed_map(xml_map({.tileset = R"(<tileset firstgid="1" source="sub/t.tsj"/>)"}), both), plain);
}

TEST(MapParser, EveryShapeOfACollisionLayerBlocks) {
  const MapDef map = parsed_map(json_map({.data = "\"data\":[0,0,0,0,0,0,0,0,0,0,0,0]", .more_layers = R"(,
    {"id":3,"name":"collision","type":"objectgroup","objects":[
      {"id":5,"x":48,"y":0,"width":16,"height":8},
      {"id":6,"x":56,"y":16,"width":16,"height":8,"rotation":90},
      {"id":7,"x":0,"y":32,"width":16,"height":16,"ellipse":true},
      {"id":8,"x":24,"y":32,"polygon":[{"x":0,"y":0},{"x":16,"y":16},{"x":0,"y":16}]}]})"}));
  EXPECT_EQ(picture(map.walk),
            "......##\n"
            "........\n"
            "......#.\n"
            "......#.\n"
            "##.#....\n"
            "##.##...\n");
}

TEST(MapParser, GroupsAndOffsetsMoveWhatIsInThem) {
  const MapDef map = parsed_map(json_map({.data = "\"data\":[0,0,0,0,0,0,0,0,0,0,0,0]", .more_layers = R"(,
    {"id":3,"name":"g","type":"group","offsetx":8,"offsety":16,"layers":[
      {"id":4,"name":"w","type":"objectgroup","offsetx":8,"objects":[{"id":5,"type":"collision","x":0,"y":0,"width":8,"height":8}]}]})"}));
  EXPECT_TRUE(map.walk.blocked(2, 2));
  EXPECT_EQ(map.walk.free_cells(), 47u);
}

TEST(MapParser, RefusesKindsOfMapsItCannotServe) {
  EXPECT_EQ(map_problem(json_map({.head = R"("orientation":"isometric","infinite":true)"})),
            "maps/m.tmj: found orientation \"isometric\", expected orthogonal\n"
            "maps/m.tmj: found an infinite map, expected a bounded one (Tiled: Map Properties, switch Infinite off)");
  EXPECT_THAT(map_problem(xml_map({.head = R"(orientation="hexagonal" infinite="1")"})),
              testing::HasSubstr("infinite map"));
  EXPECT_THAT(map_problem(xml_map({.data = "<data encoding=\"csv\"><chunk/></data>"})), testing::HasSubstr("chunks"));
}

TEST(MapParser, NamesTheLayerWhoseDataIsWrong) {
  EXPECT_EQ(map_problem(json_map({.data = R"("encoding":"base64","compression":"zlib","data":"AAAA")"})),
            "maps/m.tmj:4: layer \"ground\": zlib: found damaged data; save the map again");
  const std::string short_bytes = raw_bytes({1, 2, 3});
  for (const std::string& packed : {deflated(short_bytes, false), deflated(std::string(1'000'000, 'x'), false)}) {
    EXPECT_THAT(map_problem(json_map(
                    {.data = R"("encoding":"base64","compression":"zlib","data":")" + base64_of(packed) + "\""})),
                testing::HasSubstr("zlib: found more or less than 48 bytes"));
  }
  EXPECT_THAT(map_problem(json_map({.data = R"("encoding":"base64","compression":"zstd","data":")" +
                                            base64_of(zstd_of(std::string(1'000'000, 'x'))) + "\""})),
              testing::HasSubstr("zstd: found more or less than 48 bytes"));
  EXPECT_THAT(map_problem(json_map({.data = R"("encoding":"base64","data":"AAA*")"})),
              testing::HasSubstr("base64: found a character"));
  EXPECT_THAT(map_problem(json_map({.data = R"("encoding":"base64","data":"AAA")"})),
              testing::HasSubstr("base64: found a text that breaks off"));
  EXPECT_THAT(map_problem(json_map({.data = R"("encoding":"base64","data":"AAAA")"})),
              testing::HasSubstr("4 for each of the 12 tiles"));
  EXPECT_THAT(map_problem(json_map({.data = R"("encoding":"lzma","data":"AAAA")"})),
              testing::HasSubstr("expected csv or base64"));
  EXPECT_THAT(map_problem(json_map({.data = R"("encoding":"base64","compression":"lzma","data":"AAAA")"})),
              testing::HasSubstr("none, zlib, gzip or zstd"));
  EXPECT_THAT(map_problem(json_map({.data = "\"data\":[1,2]"})),
              testing::HasSubstr("$.layers[0].data: found an array of 2, expected 12 to 12"));
  EXPECT_THAT(map_problem(xml_map({.data = "<data encoding=\"csv\">1,2,x</data>"})),
              testing::HasSubstr("csv: found no number for cell 2"));
  EXPECT_THAT(map_problem(xml_map({.data = "<data encoding=\"csv\">1,1,1,1,1,1,1,1,1,1,1,1,1</data>"})),
              testing::HasSubstr("more than 12"));
  EXPECT_THAT(map_problem(json_map({.data = "\"data\":[1,1,1,1,1,1,9,1,1,1,1,1]"})),
              testing::HasSubstr("layer \"ground\": found tile 9 at column 2, row 1, which belongs to no tileset"));
}

TEST(MapParser, AMapNeedsAPlaceToStart) {
  EXPECT_EQ(map_problem(json_map({.objects = ""})),
            "maps/m.tmj: found no player_spawn, expected at least one object of that class (a point or a rectangle)");
}

TEST(MapParser, TilesetsMustBeThereAndApart) {
  EXPECT_EQ(map_problem(json_map({.tileset = R"({"firstgid":1,"source":"no.tsx"})"})),
            "maps/m.tmj:1: tileset \"no.tsx\": no such file");
  for (const char* source : {"/etc/passwd", "C:x.tsx", "a\\\\b.tsx"}) {
    EXPECT_THAT(map_problem(json_map({.tileset = std::string(R"({"firstgid":1,"source":")") + source + "\"}"})),
                testing::HasSubstr("not relative"))
        << source;
  }
  const std::string embedded = std::string(",") + tileset_members() + "}";
  EXPECT_THAT(map_problem(json_map({.tileset = "{\"firstgid\":1" + embedded + ",{\"firstgid\":3" + embedded})),
              testing::HasSubstr("found firstgid 3 inside the tileset before, which ends at 4"));
  EXPECT_THAT(map_problem(xml_map({}), files({{"t.tsx", "<map/>"}})),
              testing::HasSubstr("t.tsx:1: found <map>, expected <tileset>"));
}

TEST(MapParser, RefusesSizesBeyondItsLimits) {
  EXPECT_THAT(map_problem(R"({"width":5000,"height":0,"tilewidth":16,"tileheight":16,"layers":[],"tilesets":[]})"),
              testing::AllOf(testing::HasSubstr("$.width: found 5000, expected an integer from 1 to 4096"),
                             testing::HasSubstr("$.height")));
  EXPECT_THAT(map_problem(R"({"width":4096,"height":1,"tilewidth":64,"tileheight":16,"layers":[],"tilesets":[]})"),
              testing::HasSubstr("found a map 262144 pixels long"));
  std::string layers;
  for (int i = 0; i < kMapLayersMax; ++i) layers += R"(,{"type":"objectgroup","objects":[]})";
  EXPECT_THAT(map_problem(json_map({.more_layers = layers})), testing::HasSubstr("found one layer too many"));
  std::string layer = R"({"type":"tilelayer","width":4096,"height":4096,"encoding":"base64","data":""})";
  std::string five = layer;
  for (int i = 0; i < 4; ++i) five += "," + layer;
  EXPECT_THAT(map_problem(R"({"width":4096,"height":4096,"tilewidth":16,"tileheight":16,"tilesets":[],"layers":[)" +
                          five + "]}"),
              testing::HasSubstr("tiles in all layers"));
}

TEST(MapParser, RefusesGeometryThatWouldTakeForever) {
  std::string comb;
  for (int i = 0; i < 12'000; ++i)
    comb += std::string(i == 0 ? "" : ",") + R"({"x":)" + std::to_string(i) + R"(,"y":)" +
            (i % 2 == 0 ? "0" : "65536") + "}";
  EXPECT_THAT(
      map_problem(
          R"({"width":4096,"height":4096,"tilewidth":16,"tileheight":16,"tilesets":[],"layers":[{"type":"objectgroup","objects":[
      {"id":3,"type":"collision","x":0,"y":0,"polygon":[)" +
          comb + "]}]}]}"),
      testing::HasSubstr("object 3: found more collision geometry than a map may have"));
}

TEST(MapParser, SurvivesHostileTexts) {
  std::string deep_groups = R"({"width":4,"height":3,"tilewidth":16,"tileheight":16,"tilesets":[],"layers":)";
  for (int i = 0; i < 30; ++i) deep_groups += R"([{"type":"group","layers":)";
  deep_groups += "[]";
  for (int i = 0; i < 30; ++i) deep_groups += "}]";
  EXPECT_THAT(map_problem(deep_groups + "}"), testing::HasSubstr("groups nested too deeply"));
  std::string deep_xml = "<map width=\"1\" height=\"1\" tilewidth=\"1\" tileheight=\"1\">";
  for (int i = 0; i < 200'000; ++i) deep_xml += "<group>";
  EXPECT_NE(map_problem(deep_xml), "none");
  EXPECT_THAT(map_problem(std::string("<map\0>", 6)), testing::HasSubstr("found a NUL byte"));
  EXPECT_THAT(map_problem("<map a=\"\xFF\"/>"), testing::HasSubstr("not UTF-8"));
  EXPECT_THAT(map_problem("<map><layer></map>"), testing::HasSubstr("expected well-formed XML"));
  EXPECT_THAT(map_problem("<!DOCTYPE x [<!ENTITY a \"b\">]><map width=\"&a;\"/>"),
              testing::HasSubstr("width: found \"&a;\""));
  EXPECT_THAT(map_problem(json_map({.objects = R"({"id":1,"type":"collision","x":1e300,"y":0})"})),
              testing::HasSubstr("$.layers[1].objects[0].x: found 1e+300"));
  EXPECT_THAT(map_problem(xml_map({.objects = R"(<object id="1" x="nan" y="inf" width="1e999"/>)"})),
              testing::AllOf(testing::HasSubstr("x: found \"nan\""), testing::HasSubstr("y: found \"inf\""),
                             testing::HasSubstr("width: found \"1e999\"")));
  EXPECT_THAT(map_problem(xml_map(
                  {.objects = R"(<object id="1" type="collision" x="1" y="1"><polygon points="0,0 1,x"/></object>)"})),
              testing::HasSubstr("found the corner \"1,x\""));
  EXPECT_THAT(map_problem(std::string(kMapTextBytesMax + 1, ' ')), testing::HasSubstr("expected at most 16777216"));
  EXPECT_NE(map_problem(""), "none");
  EXPECT_NE(map_problem("[]"), "none");
}

TEST(MapParser, TheFileNameIsTheMapName) {
  EXPECT_THAT(parse_map(json_map({}), "maps/bad name.tmj", no_files()).error().message,
              testing::HasSubstr("cannot name a map"));
  EXPECT_EQ(parse_map(json_map({}), "a/b/town.tmj", no_files())->name, "town");
}

/// A map that we ship, by its file name.
MapDef shipped_map(const std::string& file) {
  const FileReader read = [](std::string_view path) -> Result<std::string> {
    return shipped_file("config/content/maps/" + std::string(path));
  };
  Result<MapDef> map = parse_map(shipped_file("config/content/maps/" + file), file, read);
  EXPECT_TRUE(map.has_value()) << map.error().message;
  return map ? std::move(map).value() : MapDef{};
}

TEST(MapParser, ShippedMapsAreValidAndFitTogether) {
  const MapDef meadow = shipped_map("meadow.tmj");
  const MapDef caves = shipped_map("caves.tmx");
  EXPECT_EQ(meadow.width, units(3072));
  EXPECT_EQ(caves.width, units(2048));
  for (const MapDef* map : {&meadow, &caves}) {
    EXPECT_FALSE(map->portals.empty()) << map->name;
    for (const Portal& portal : map->portals) {
      const MapDef& target = portal.target_map == "caves" ? caves : meadow;
      EXPECT_EQ(portal.target_map, target.name);
      EXPECT_TRUE(std::any_of(target.player_spawns.begin(), target.player_spawns.end(),
                              [&](const SpawnPoint& spawn) { return spawn.name == portal.target_spawn; }));
      EXPECT_FALSE(map->walk.area_blocked(portal.area.min, portal.area.max)) << portal.name;
    }
  }
  const std::size_t cells = std::size_t{384} * 384;
  EXPECT_GT(meadow.walk.free_cells(), cells * 3 / 4);
  EXPECT_LT(meadow.walk.free_cells(), cells * 97 / 100);
}

TEST(MapParser, ShippedMapsHaveZonesOfEveryRiskAndASafeStart) {
  const MapDef meadow = shipped_map("meadow.tmj");
  const auto has = [&](PvpRule rule) {
    return std::any_of(meadow.zones.begin(), meadow.zones.end(), [&](const MapZone& zone) { return zone.pvp == rule; });
  };
  EXPECT_TRUE(has(PvpRule::Contested));
  EXPECT_TRUE(has(PvpRule::Arena));
  const MapArea start = meadow.player_spawns[0].area;
  for (const MapZone& zone : meadow.zones) {
    const bool apart = zone.area.max.x <= start.min.x || zone.area.min.x >= start.max.x ||
                       zone.area.max.y <= start.min.y || zone.area.min.y >= start.max.y;
    EXPECT_TRUE(apart) << zone.name;
  }
}

TEST(MapParser, ShippedRoutesCanBeWalkedInStraightLines) {
  for (const char* file : {"meadow.tmj", "caves.tmx"}) {
    const MapDef map = shipped_map(file);
    EXPECT_FALSE(map.routes.empty()) << file;
    for (const MapRoute& route : map.routes) {
      for (std::size_t i = 0; i + 1 < route.points.size(); ++i) {
        const Position a = route.points[i];
        const Position b = route.points[i + 1];
        constexpr int kSteps = 200;
        for (int step = 0; step <= kSteps; ++step) {
          const Milliunits x{a.x.value + (b.x.value - a.x.value) / kSteps * step};
          const Milliunits y{a.y.value + (b.y.value - a.y.value) / kSteps * step};
          ASSERT_FALSE(map.walk.area_blocked({x - units(6), y - units(6)}, {x + units(6), y + units(6)}))
              << file << ' ' << route.name << " at " << x.value << ", " << y.value;
        }
      }
    }
  }
}

/// Cells that a body of two by two cells can walk to from a place.
std::vector<bool> reachable_from(const WalkGrid& walk, Position start) {
  const int width = walk.width_cells();
  std::vector<bool> seen(static_cast<std::size_t>(width) * static_cast<std::size_t>(walk.height_cells()));
  const int cell = walk.cell_size().value;
  std::vector<std::pair<int, int>> open = {{start.x.value / cell, start.y.value / cell}};
  while (!open.empty()) {
    const auto [cx, cy] = open.back();
    open.pop_back();
    if (walk.blocked(cx, cy) || walk.blocked(cx + 1, cy) || walk.blocked(cx, cy + 1) || walk.blocked(cx + 1, cy + 1))
      continue;
    const auto at = static_cast<std::size_t>(cy) * static_cast<std::size_t>(width) + static_cast<std::size_t>(cx);
    if (seen[at]) continue;
    seen[at] = true;
    for (const auto& [dx, dy] : {std::pair(1, 0), std::pair(-1, 0), std::pair(0, 1), std::pair(0, -1)})
      open.push_back({cx + dx, cy + dy});
  }
  return seen;
}

TEST(MapParser, EverythingOnAShippedMapCanBeWalkedTo) {
  for (const char* file : {"meadow.tmj", "caves.tmx"}) {
    const MapDef map = shipped_map(file);
    const std::vector<bool> reached = reachable_from(map.walk, map.player_spawns[0].area.min);
    const int cell = map.walk.cell_size().value;
    const auto reaches = [&](const MapArea& area) {
      for (int cy = area.min.y.value / cell; cy * cell <= area.max.y.value; ++cy) {
        for (int cx = area.min.x.value / cell; cx * cell <= area.max.x.value; ++cx) {
          if (reached[static_cast<std::size_t>(cy * map.walk.width_cells() + cx)]) return true;
        }
      }
      return false;
    };
    for (const SpawnPoint& spawn : map.player_spawns) EXPECT_TRUE(reaches(spawn.area)) << file << ' ' << spawn.name;
    for (const Portal& portal : map.portals) EXPECT_TRUE(reaches(portal.area)) << file << ' ' << portal.name;
    for (const NamedArea& area : map.areas) EXPECT_TRUE(reaches(area.area)) << file << ' ' << area.name;
    for (const MapRoute& route : map.routes) {
      for (const Position at : route.points) EXPECT_TRUE(reaches({at, at})) << file << ' ' << route.name;
    }
  }
}

}  // namespace
}  // namespace throng::content
