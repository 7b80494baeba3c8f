#include "content/map/raster.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/rng.h"

namespace throng::content {
namespace {

constexpr std::int64_t kOne = std::int64_t{1} << 30;

TEST(Raster, QuarterTurnsAreExact) {
  for (int quarter = -8; quarter <= 8; ++quarter) {
    const Direction towards = direction_of(quarter * 90.0);
    const std::int64_t cos[] = {kOne, 0, -kOne, 0};
    const std::int64_t sin[] = {0, kOne, 0, -kOne};
    EXPECT_EQ(towards.cos, cos[quarter & 3]);
    EXPECT_EQ(towards.sin, sin[quarter & 3]);
  }
}

TEST(Raster, OtherTurnsAreAsGoodAsTheLibrarys) {
  for (double degrees = -720; degrees <= 720; degrees += 7.3) {
    const Direction towards = direction_of(degrees);
    EXPECT_NEAR(static_cast<double>(towards.cos), std::cos(degrees * M_PI / 180) * kOne, 8);
    EXPECT_NEAR(static_cast<double>(towards.sin), std::sin(degrees * M_PI / 180) * kOne, 8);
  }
}

TEST(Raster, ABoxOnCellBordersBlocksJustItsCells) {
  WalkGrid grid(units(8), 6, 6);
  const Position corners[] = {
      {units(8), units(8)}, {units(24), units(8)}, {units(24), units(16)}, {units(8), units(16)}};
  block_polygon(grid, corners);
  WalkGrid box(units(8), 6, 6);
  block_box(box, corners[0], corners[2]);
  EXPECT_EQ(grid, box);
  EXPECT_EQ(grid.free_cells(), 34u);
}

TEST(Raster, ASliverBlocksEveryCellItTouches) {
  WalkGrid grid(units(8), 6, 6);
  block_box(grid, {{8'001}, {100}}, {{8'002}, {47'900}});
  EXPECT_EQ(grid.free_cells(), 30u);
  WalkGrid line(units(8), 6, 6);
  const Position diagonal[] = {{units(1), units(2)}, {units(47), units(46)}};
  block_polyline(line, diagonal);
  for (int i = 0; i < 6; ++i) EXPECT_TRUE(line.blocked(i, i));
}

TEST(Raster, EvenAHollowShapeKeepsItsHole) {
  WalkGrid grid(units(8), 9, 9);
  const Position frame[] = {{units(0), units(0)},   {units(72), units(0)},  {units(72), units(72)},
                            {units(0), units(72)},  {units(0), units(0)},   {units(16), units(16)},
                            {units(16), units(56)}, {units(56), units(56)}, {units(56), units(16)},
                            {units(16), units(16)}};
  block_polygon(grid, frame);
  EXPECT_FALSE(grid.blocked(4, 4));
  EXPECT_TRUE(grid.blocked(1, 4));
}

/// A cell with a sample point inside the triangle must be blocked; a cell outside its box must not.
TEST(Raster, TrianglesCoverWhatTheyCoverAndLittleElse) {
  Rng rng(11);
  for (int round = 0; round < 300; ++round) {
    WalkGrid grid(units(8), 12, 12);
    std::array<Position, 3> corner;
    for (Position& at : corner) at = {{rng.between(-20'000, 116'000)}, {rng.between(-20'000, 116'000)}};
    block_polygon(grid, corner);
    const auto outside_box = [&](int cx, int cy) {
      const auto beyond = [&](auto coordinate, int cell) {
        const bool before =
            std::all_of(corner.begin(), corner.end(), [&](Position p) { return coordinate(p) >= (cell + 1) * 8000; });
        return before ||
               std::all_of(corner.begin(), corner.end(), [&](Position p) { return coordinate(p) <= cell * 8000; });
      };
      return beyond([](Position p) { return p.x.value; }, cx) || beyond([](Position p) { return p.y.value; }, cy);
    };
    const auto side = [&](int i, std::int64_t x, std::int64_t y) {
      const Position a = corner[static_cast<std::size_t>(i)];
      const Position b = corner[static_cast<std::size_t>((i + 1) % 3)];
      return (b.x.value - a.x.value) * (y - a.y.value) - std::int64_t{b.y.value - a.y.value} * (x - a.x.value);
    };
    for (int cy = 0; cy < 12; ++cy) {
      for (int cx = 0; cx < 12; ++cx) {
        bool inside = false;
        for (int k = 0; k < 64 && !inside; ++k) {
          const std::int64_t x = cx * 8000 + (k % 8) * 1000 + 500;
          const std::int64_t y = cy * 8000 + (k / 8) * 1000 + 500;
          const std::int64_t s[] = {side(0, x, y), side(1, x, y), side(2, x, y)};
          inside = (s[0] > 0 && s[1] > 0 && s[2] > 0) || (s[0] < 0 && s[1] < 0 && s[2] < 0);
        }
        EXPECT_FALSE(outside_box(cx, cy) && grid.blocked(cx, cy)) << "round " << round << " cell " << cx << ',' << cy;
        EXPECT_TRUE(!inside || grid.blocked(cx, cy)) << "round " << round << " cell " << cx << ',' << cy;
      }
    }
  }
}

TEST(Raster, ShapesBeyondTheGridAreCut) {
  WalkGrid grid(units(8), 4, 4);
  const std::int32_t far = 800'000'000;
  const Position corners[] = {{{-far}, {-far}}, {{far}, {-far}}, {{far}, {far}}, {{-far}, {far}}};
  block_polygon(grid, corners);
  EXPECT_EQ(grid.free_cells(), 0u);
}

TEST(Raster, EllipsesFillTheirBox) {
  const std::vector<Position> corners = ellipse_corners(units(40), units(20));
  ASSERT_EQ(corners.size(), static_cast<std::size_t>(kEllipseCorners));
  EXPECT_EQ(corners[0], (Position{units(40), units(10)}));
  EXPECT_EQ(corners[12], (Position{units(20), units(20)}));
}

}  // namespace
}  // namespace throng::content
