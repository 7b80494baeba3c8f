#include "sim/space/spatial_grid.h"

#include <gtest/gtest.h>

namespace throng::sim {
namespace {

TEST(SpatialGrid, FindsWhatIsNearAndSkipsTheDead) {
  SpatialGrid grid(units(1000), units(500), units(64));
  const std::vector<Position> positions{{units(10), units(10)}, {units(20), units(10)}, {units(990), units(490)}};
  const std::vector<std::uint8_t> alive{1, 0, 1};
  grid.rebuild(positions, alive);
  std::vector<std::uint32_t> found;
  grid.visit_near({units(0), units(0)}, units(50),
                  [&](const SpatialGrid::Entry& e) { found.push_back(e.index.value); });
  EXPECT_EQ(found, std::vector<std::uint32_t>{0});
  EXPECT_EQ(grid.entity_count(), 2u);
}

TEST(SpatialGrid, FilesWhatLiesOutsideInTheNearestCell) {
  SpatialGrid grid(units(100), units(100), units(10));
  const std::vector<Position> positions{{units(-50), units(500)}};
  const std::vector<std::uint8_t> alive{1};
  grid.rebuild(positions, alive);
  int found = 0;
  grid.visit_near({units(0), units(100)}, units(5), [&](const SpatialGrid::Entry&) { ++found; });
  EXPECT_EQ(found, 1);
}

TEST(SpatialGrid, GrowsItsCellsRatherThanItsMemory) {
  SpatialGrid grid(units(1'000'000), units(1'000'000), units(1));
  const std::vector<Position> positions{{units(999'999), units(999'999)}};
  const std::vector<std::uint8_t> alive{1};
  grid.rebuild(positions, alive);
  EXPECT_EQ(grid.entity_count(), 1u);
}

}  // namespace
}  // namespace throng::sim
