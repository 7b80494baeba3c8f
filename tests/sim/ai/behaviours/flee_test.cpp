// Tests behaviours/flee.cpp.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/ai/ai_fixtures.h"

namespace throng::sim::test {
namespace {

/// Open to the south only: a dead end of 12 x 30 cells.
content::MapDef dead_end() {
  std::vector<std::string> rows(60, std::string(40, '.'));
  for (std::size_t y = 0; y < 30; ++y) rows[y][14] = rows[y][26] = '#';
  rows[0] = std::string(40, '#');
  const std::vector<std::string_view> views(rows.begin(), rows.end());
  return drawn_map(views);
}

TEST(Flee, GetsAwayFromItsEnemyOnOpenGround) {
  Wilds wilds;
  const EntityIndex goblin = wilds.monster("goblin");
  const EntityIndex player = wilds.player(Wilds::at(20));
  wilds.hit(player, goblin, 85);
  ASSERT_TRUE(wilds.reaches(goblin, AiState::Flee, 5));
  wilds.tick(18);
  EXPECT_LT(wilds.place(goblin).x, Wilds::at(-60).x);
}

TEST(Flee, FindsAWayAlongAWall) {
  Wilds wilds(bestiary(), dead_end());
  const EntityIndex goblin = wilds.monster("goblin", cell_middle(16, 20));
  wilds.hit(wilds.player(cell_middle(19, 20)), goblin, 85);
  ASSERT_TRUE(wilds.reaches(goblin, AiState::Flee, 5));
  const Position begun = wilds.place(goblin);
  wilds.tick(18);
  EXPECT_GT(distance_squared(wilds.place(goblin), begun), squared(units(60)));
}

TEST(Flee, HappensOnceInAFight) {
  Wilds wilds;
  const EntityIndex goblin = wilds.monster("goblin");
  const EntityIndex player = wilds.player(Wilds::at(20));
  wilds.hit(player, goblin, 85);
  ASSERT_TRUE(wilds.reaches(goblin, AiState::Flee, 5));
  ASSERT_TRUE(wilds.reaches(goblin, AiState::Chase, 30));
  ASSERT_TRUE(wilds.reaches(goblin, AiState::Attack, 100));
  wilds.tick(40);
  EXPECT_EQ(wilds.ai(goblin), AiState::Attack);
}

TEST(Flee, OneThatIsRootedStands) {
  Wilds wilds;
  const EntityIndex goblin = wilds.monster("goblin");
  wilds.hit(wilds.player(Wilds::at(20)), goblin, 85);
  ASSERT_TRUE(wilds.reaches(goblin, AiState::Flee, 5));
  wilds.state.fighter(goblin).rooted_until = wilds.state.now + Tick{100};
  wilds.tick();
  const Position stood = wilds.place(goblin);
  wilds.tick(10);
  EXPECT_EQ(wilds.place(goblin), stood);
}

}  // namespace
}  // namespace throng::sim::test
