#include "sim/space/interest.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "base/rng.h"

namespace throng::sim {
namespace {

constexpr InterestRange kRange{units(256), units(32), 2048};

struct Crowd {
  std::vector<Position> positions;
  std::vector<std::uint8_t> alive;
  SpatialGrid grid{units(2000), units(2000), units(96)};

  void add(int x, int y) {
    positions.push_back({units(x), units(y)});
    alive.push_back(1);
  }
  void rebuild() { grid.rebuild(positions, alive); }
};

std::set<std::uint32_t> as_set(const std::vector<EntityIndex>& list) {
  std::set<std::uint32_t> set;
  for (const EntityIndex index : list) set.insert(index.value);
  return set;
}

TEST(Interest, SeesInsideTheRadiusAndKeepsToTheRim) {
  Crowd crowd;
  crowd.add(1000, 1000);
  crowd.add(1000 + 255, 1000);
  crowd.add(1000 + 270, 1000);
  crowd.rebuild();
  InterestFinder finder;
  InterestChange change;
  finder.refresh(crowd.grid, crowd.positions[0], EntityIndex{0}, kRange, {}, change);
  EXPECT_EQ(as_set(change.enters), (std::set<std::uint32_t>{0, 1}));

  const std::vector<EntityIndex> before{EntityIndex{0}, EntityIndex{1}, EntityIndex{2}};
  finder.refresh(crowd.grid, crowd.positions[0], EntityIndex{0}, kRange, before, change);
  EXPECT_EQ(as_set(change.stays), (std::set<std::uint32_t>{0, 1, 2}));
  crowd.positions[2].x = units(1000 + 289);
  crowd.rebuild();
  finder.refresh(crowd.grid, crowd.positions[0], EntityIndex{0}, kRange, before, change);
  EXPECT_EQ(as_set(change.leaves), (std::set<std::uint32_t>{2}));
}

TEST(Interest, KeepsTheNearestAndTheViewerWhenTheCapIsReached) {
  Crowd crowd;
  for (int i = 0; i < 100; ++i) crowd.add(1000 + i, 1000);
  crowd.rebuild();
  InterestFinder finder;
  InterestChange change;
  finder.refresh(crowd.grid, crowd.positions[0], EntityIndex{99}, {units(256), units(32), 5}, {}, change);
  EXPECT_EQ(as_set(change.enters), (std::set<std::uint32_t>{0, 1, 2, 3, 99}));
}

TEST(Interest, AgreesWithAPlainSearchOverRandomWorlds) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Rng rng(seed);
    Crowd crowd;
    for (int i = 0; i < 400; ++i) crowd.add(rng.between(0, 1999), rng.between(0, 1999));
    InterestFinder finder;
    InterestChange change;
    std::vector<EntityIndex> visible;
    for (int round = 0; round < 50; ++round) {
      for (std::size_t i = 0; i < crowd.positions.size(); ++i) {
        crowd.positions[i].x = {std::clamp(crowd.positions[i].x.value + rng.between(-20000, 20000), 0, 1'999'999)};
        crowd.alive[i] = rng.below(10) != 0;
      }
      crowd.rebuild();
      const std::set<std::uint32_t> before = as_set(visible);
      finder.refresh(crowd.grid, crowd.positions[0], EntityIndex{0}, kRange, visible, change);
      std::set<std::uint32_t> expected;
      for (std::uint32_t i = 0; i < crowd.positions.size(); ++i) {
        const std::int64_t d = distance_squared(crowd.positions[0], crowd.positions[i]);
        const std::int64_t outer = 288'000LL * 288'000LL;
        if (crowd.alive[i] != 0 && (d < 256'000LL * 256'000LL || (d <= outer && before.contains(i)) || i == 0))
          expected.insert(i);
      }
      visible = change.stays;
      visible.insert(visible.end(), change.enters.begin(), change.enters.end());
      ASSERT_EQ(as_set(visible), expected);
      for (const EntityIndex index : change.leaves)
        ASSERT_TRUE(before.contains(index.value) && !expected.contains(index.value));
      for (const EntityIndex index : change.enters) ASSERT_FALSE(before.contains(index.value));
    }
  }
}

}  // namespace
}  // namespace throng::sim
