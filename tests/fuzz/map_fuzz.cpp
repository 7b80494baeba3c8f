// The map reader takes any bytes and gives a map that keeps its promises, or an error with words in it. The first
// byte chooses what the bytes are: a map, or a tileset named by a small map.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "content/map/map_parser.h"

namespace {

using throng::Result;
using throng::content::MapDef;

constexpr std::string_view kMapWithTileset =
    R"({"width":2,"height":1,"tilewidth":16,"tileheight":16,"tilesets":[{"firstgid":1,"source":"t.tsx"}],
        "layers":[{"type":"tilelayer","width":2,"height":1,"data":[1,2]},
                  {"type":"objectgroup","objects":[{"type":"player_spawn","point":true,"x":1,"y":1}]}]})";

void check_promises(const MapDef& map) {
  THRONG_ASSERT(map.width.value > 0 && map.height.value > 0, "a map without size");
  THRONG_ASSERT(!map.player_spawns.empty(), "a map without a start");
  THRONG_ASSERT(map.content_hash == throng::content::content_hash(map), "a map with a wrong hash");
  const auto on_map = [&](throng::Position at) {
    return at.x.value >= 0 && at.y.value >= 0 && at.x <= map.width && at.y <= map.height;
  };
  for (const throng::content::NamedArea& area : map.areas) {
    THRONG_ASSERT(!area.name.empty() && on_map(area.area.min) && on_map(area.area.max), "an area outside");
  }
  for (const throng::content::MapRoute& route : map.routes) {
    THRONG_ASSERT(route.points.size() >= 2 && route.points.size() <= throng::content::kRoutePointsMax, "a short route");
    for (const throng::Position point : route.points) THRONG_ASSERT(!map.walk.blocked_at(point), "a route in a wall");
  }
  for (const throng::content::MapZone& zone : map.zones) {
    THRONG_ASSERT(!zone.name.empty() && on_map(zone.area.min) && on_map(zone.area.max), "a zone outside");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const bool as_tileset = (data[0] & 1) != 0;
  const auto read = [&](std::string_view) -> Result<std::string> { return std::string(text); };
  const Result<MapDef> map = throng::content::parse_map(as_tileset ? kMapWithTileset : text, "fuzz.tmj", read);
  if (map) {
    check_promises(*map);
  } else {
    THRONG_ASSERT(!map.error().message.empty(), "an error without words");
  }
  return 0;
}
