#include "content/map/walk_grid.h"

#include <gtest/gtest.h>

#include "base/rng.h"

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

TEST(WalkGrid, ReadsRunsOfARowLikeSingleCells) {
  constexpr std::uint64_t kSeed = 31;
  SCOPED_TRACE(testing::Message() << "--seed=" << kSeed);
  Rng rng(kSeed);
  WalkGrid grid(units(8), 200, 1);
  for (int i = 0; i < 12; ++i) grid.block(rng.between(0, 199), 0);
  for (int i = 0; i < 4'000; ++i) {
    const int cy = rng.between(-1, 1);
    const int first = rng.between(-5, 203);
    const int count = rng.between(1, 64);
    bool any = false;
    std::uint64_t bits = 0;
    for (int n = 0; n < count; ++n) {
      any = any || grid.blocked(first + n, cy);
      bits |= std::uint64_t{grid.blocked(first + n, cy)} << n;
    }
    ASSERT_EQ(grid.run_blocked(cy, first, first + count - 1), any) << cy << ' ' << first << ' ' << count;
    ASSERT_EQ(grid.row_bits(first, cy, count), bits) << cy << ' ' << first << ' ' << count;
  }
  EXPECT_FALSE(WalkGrid(units(8), 200, 1).run_blocked(0, 0, 199));
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
