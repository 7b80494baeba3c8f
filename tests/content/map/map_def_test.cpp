#include "content/map/map_def.h"

#include <gtest/gtest.h>

namespace throng::content {
namespace {

TEST(OpenField, HasNoWallsAndOneSpawn) {
  const MapDef map = open_field("field", 100, 60);
  EXPECT_EQ(map.width, units(100));
  EXPECT_EQ(map.walk.width_cells(), 13);
  EXPECT_EQ(map.walk.free_cells(), 13u * 8u);
  ASSERT_EQ(map.player_spawns.size(), 1u);
  EXPECT_EQ(map.player_spawns[0].name, "default");
  EXPECT_EQ(map.content_hash, open_field("field", 100, 60).content_hash);
}

TEST(MapHash, TellsUsesRulesAndPointsApart) {
  const auto hash_with = [](auto change) {
    MapDef map = open_field("field", 100, 60);
    change(map);
    return content_hash(map);
  };
  EXPECT_NE(hash_with([](MapDef& m) { m.areas.push_back({"den", NamedArea::Use::Monsters, {}}); }),
            hash_with([](MapDef& m) { m.areas.push_back({"den", NamedArea::Use::Visit, {}}); }));
  EXPECT_NE(hash_with([](MapDef& m) { m.zones.push_back({"pit", PvpRule::Arena, {}}); }),
            hash_with([](MapDef& m) { m.zones.push_back({"pit", PvpRule::Safe, {}}); }));
  EXPECT_NE(hash_with([](MapDef& m) { m.routes.push_back({"way", {{}, {units(1), units(2)}}}); }),
            hash_with([](MapDef& m) { m.routes.push_back({"way", {{}, {units(2), units(1)}}}); }));
}

TEST(MapHash, SeesEveryPart) {
  const MapDef map = open_field("field", 100, 60);
  const auto changed = [&](auto change) {
    MapDef other = map;
    change(other);
    return content_hash(other) != map.content_hash;
  };
  EXPECT_TRUE(changed([](MapDef& m) { m.name = "x"; }));
  EXPECT_TRUE(changed([](MapDef& m) { m.walk.block(1, 1); }));
  EXPECT_TRUE(changed([](MapDef& m) { m.player_spawns[0].name = "x"; }));
  EXPECT_TRUE(changed([](MapDef& m) { m.areas.push_back({"den", NamedArea::Use::Monsters, {}}); }));
  EXPECT_TRUE(changed([](MapDef& m) { m.routes.push_back({"way", {{}, {}}}); }));
  EXPECT_TRUE(changed([](MapDef& m) { m.zones.push_back({"pit", PvpRule::Arena, {}}); }));
  EXPECT_TRUE(changed([](MapDef& m) { m.portals.push_back({"p", {}, "caves", ""}); }));
  EXPECT_TRUE(changed([](MapDef& m) { m.width = units(101); }));
}

}  // namespace
}  // namespace throng::content
