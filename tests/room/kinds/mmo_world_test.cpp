#include "room/kinds/mmo_world.h"

#include <gtest/gtest.h>

#include <cmath>

namespace throng::room {
namespace {

using sim::EntityIndex;

Position place(int x, int y) { return {units(x), units(y)}; }

/// Everybody in the grid, by index.
std::vector<std::uint32_t> filed(const MmoWorld& world, Milliunits side) {
  std::vector<std::uint32_t> found;
  world.grid().visit_near({side / 2, side / 2}, side,
                          [&](const sim::SpatialGrid::Entry& entry) { found.push_back(entry.index.value); });
  return found;
}

TEST(MmoWorld, ShortensAStepToThirtyTwoUnitsOnEachAxis) {
  MmoWorld world({.side = units(3000)}, 1);
  const EntityIndex player = *world.add_player(place(1000, 1000));
  world.move_player(player, place(2000, 990));
  EXPECT_EQ(world.positions()[player.value], place(1032, 990));
  world.move_player(player, place(0, 0));
  EXPECT_EQ(world.positions()[player.value], place(1000, 958));
}

TEST(MmoWorld, KeepsEverybodyInsideTheSquare) {
  MmoWorld world({.side = units(100)}, 1);
  const EntityIndex player = *world.add_player(place(5000, 50));
  EXPECT_EQ(world.positions()[player.value].x.value, units(100).value - 1);
  world.move_player(player, place(99, -500));
  world.move_player(player, place(99, -500));
  EXPECT_EQ(world.positions()[player.value], place(99, 0));
}

TEST(MmoWorld, WandersAtFortyUnitsASecond) {
  MmoWorld world({.side = units(100'000), .monsters = 500}, 7);
  const std::vector<Position> before(world.positions().begin(), world.positions().end());
  world.tick();
  for (std::uint32_t i = 0; i < 500; ++i) {
    const double step = std::sqrt(static_cast<double>(distance_squared(before[i], world.positions()[i])));
    ASSERT_NEAR(step, 2000, 5) << i;  // milliunits in a twentieth of a second
  }
}

TEST(MmoWorld, ChangesVitalsOfOneMonsterInFortyATick) {
  constexpr std::uint32_t kMonsters = 2000;
  constexpr int kTicks = 100;
  MmoWorld world({.side = units(3000), .monsters = kMonsters}, 42);
  double hp_changes = 0;
  double state_changes = 0;
  std::vector<MmoWorld::Vitals> before(kMonsters);
  for (int tick = 0; tick < kTicks; ++tick) {
    world.tick();
    for (std::uint32_t i = 0; i < kMonsters; ++i) {
      const MmoWorld::Vitals& now = world.vitals(EntityIndex{i});
      if (tick > 0) hp_changes += now.hp != before[i].hp ? 1 : 0;
      if (tick > 0) state_changes += now.state != before[i].state ? 1 : 0;
      before[i] = now;
    }
  }
  // A new value is the old one again in one case of a hundred (hp) and of four (state). Six standard deviations.
  const double draws = double{kMonsters} * (kTicks - 1) / 40;
  EXPECT_NEAR(hp_changes, draws * 0.99, 6 * std::sqrt(draws));
  EXPECT_NEAR(state_changes, draws * 0.75, 6 * std::sqrt(draws));
}

TEST(MmoWorld, IsTheSameForTheSameSeedAndCalls) {
  MmoWorld one({.side = units(500), .monsters = 100}, 5);
  MmoWorld two({.side = units(500), .monsters = 100}, 5);
  MmoWorld other({.side = units(500), .monsters = 100}, 6);
  for (int i = 0; i < 200; ++i) one.tick(), two.tick(), other.tick();
  EXPECT_TRUE(std::equal(one.positions().begin(), one.positions().end(), two.positions().begin()));
  EXPECT_FALSE(std::equal(one.positions().begin(), one.positions().end(), other.positions().begin()));
}

TEST(MmoWorld, FilesTheLivingWithEveryTick) {
  MmoWorld world({.side = units(500), .monsters = 2}, 5);
  const EntityIndex player = *world.add_player(place(1, 1));
  EXPECT_EQ(filed(world, units(500)).size(), 2u);
  world.tick();
  EXPECT_EQ(filed(world, units(500)).size(), 3u);
  world.remove_player(player);
  world.tick();
  EXPECT_EQ(filed(world, units(500)).size(), 2u);
}

TEST(MmoWorld, TakesNoMoreThanItsLimitAndLetsIndexesRest) {
  MmoWorld world({.side = units(500), .monsters = 1, .entities_max = 2, .index_quarantine = Tick{5}}, 5);
  const EntityIndex player = *world.add_player(place(1, 1));
  EXPECT_FALSE(world.add_player(place(1, 1)));
  world.remove_player(player);
  EXPECT_FALSE(world.add_player(place(1, 1)));
  for (int i = 0; i < 6; ++i) world.tick();
  EXPECT_EQ(world.add_player(place(1, 1)), player);
}

}  // namespace
}  // namespace throng::room
