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
  EXPECT_TRUE(changed([](MapDef& m) { m.monster_spawns.push_back({"slime", {}, 1}); }));
  EXPECT_TRUE(changed([](MapDef& m) { m.portals.push_back({"p", {}, "caves", ""}); }));
  EXPECT_TRUE(changed([](MapDef& m) { m.width = units(101); }));
}

}  // namespace
}  // namespace throng::content
