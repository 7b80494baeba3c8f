#include "content/map/walk_grid.h"

#include <gtest/gtest.h>

namespace throng::content {
namespace {

TEST(WalkGrid, IsBlockedEverywhereOutside) {
  const WalkGrid grid(units(8), 4, 3);
  EXPECT_TRUE(grid.blocked(-1, 0));
  EXPECT_TRUE(grid.blocked(0, 3));
  EXPECT_TRUE(grid.blocked_at({{-1}, {0}}));
  EXPECT_FALSE(grid.blocked_at({units(31), units(23)}));
  EXPECT_TRUE(grid.blocked_at({units(32), units(0)}));
  EXPECT_TRUE(WalkGrid().blocked(0, 0));
  EXPECT_TRUE(grid.area_blocked({{-1}, {0}}, {units(1), units(1)}));
  EXPECT_TRUE(grid.area_blocked({units(30), units(0)}, {units(33), units(1)}));
}

TEST(WalkGrid, AnAreaEndsBeforeItsUpperRim) {
  WalkGrid grid(units(8), 4, 4);
  grid.block(2, 2);
  EXPECT_FALSE(grid.area_blocked({units(8), units(8)}, {units(16), units(16)}));
  EXPECT_TRUE(grid.area_blocked({units(8), units(8)}, {{16'001}, {16'001}}));
  EXPECT_TRUE(grid.area_blocked({units(17), units(17)}, {units(17), units(17)}));
}

TEST(WalkGrid, BlocksRunsAcrossWordsExactly) {
  for (const auto& [first, last] :
       {std::pair(3, 3), std::pair(0, 63), std::pair(63, 64), std::pair(5, 199), std::pair(-9, 300), std::pair(9, 8)}) {
    WalkGrid grid(units(8), 200, 2);
    grid.block_run(1, first, last);
    for (int cx = 0; cx < 200; ++cx)
      EXPECT_EQ(grid.blocked(cx, 1), cx >= first && cx <= last) << first << ' ' << last << ' ' << cx;
    EXPECT_FALSE(grid.blocked(7, 0));
  }
}

TEST(WalkGrid, DigestTellsGridsApart) {
  WalkGrid one(units(8), 10, 10);
  const std::uint64_t before = one.digest();
  one.block(3, 3);
  EXPECT_NE(one.digest(), before);
  EXPECT_EQ(one.free_cells(), 99u);
}

}  // namespace
}  // namespace throng::content
