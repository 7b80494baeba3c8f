#include "sim/ai/steering.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/ai/ai_fixtures.h"
#include "sim/ai/behaviours/fight.h"

namespace throng::sim::test {
namespace {

/// 60 x 40 cells with a wall from the north that leaves a passage in the south, or none.
content::MapDef walled_map(bool passage) {
  std::vector<std::string> rows(40, std::string(60, '.'));
  for (std::size_t y = 0; y < (passage ? 34u : 40u); ++y) rows[y][30] = '#';
  std::vector<std::string_view> views(rows.begin(), rows.end());
  return drawn_map(views);
}

TEST(Steering, FindsTheWayRoundAWall) {
  Wilds wilds(bestiary(), walled_map(true));
  const EntityIndex boar = wilds.monster("boar", cell_middle(24, 10));
  wilds.fight(boar, wilds.player(cell_middle(36, 10)));
  EXPECT_TRUE(wilds.reaches(boar, AiState::Attack, 400));
  EXPECT_GT(wilds.place(boar).x.value, cell_middle(30, 0).x.value);
}

TEST(Steering, GivesUpAfterThreeSecondsWithoutAWay) {
  Wilds wilds(bestiary(), walled_map(false));
  const EntityIndex boar = wilds.monster("boar", cell_middle(24, 10));
  const EntityIndex player = wilds.player(cell_middle(34, 10));
  wilds.fight(boar, player);
  wilds.hit(player, boar, 50);
  const Tick begun = wilds.state.now;
  ASSERT_TRUE(wilds.reaches(boar, AiState::Return, 200));
  EXPECT_GE(wilds.state.now - begun, wilds.state.ticks(kUnreachableMs));
  ASSERT_TRUE(wilds.reaches(boar, AiState::Idle, 200));
  EXPECT_EQ(wilds.state.fighter(boar).hp, 100);
}

TEST(Steering, AShooterBehindAWallIsNoFreeKill) {
  Wilds wilds(bestiary(), walled_map(false));
  const EntityIndex boar = wilds.monster("boar", cell_middle(24, 10));
  const EntityIndex player = wilds.player(cell_middle(34, 10));
  for (int i = 0; i < 600; ++i) {
    if (i % 20 == 0) wilds.hit(player, boar, 8);
    wilds.tick();
    ASSERT_GT(wilds.state.fighter(boar).hp, 0);
  }
}

TEST(Steering, SpeedObeysStatusesAndPhases) {
  content::GameContent game = bestiary();
  game.monsters[1].boss = true;
  content::BossPhaseDef fast;
  fast.speed_factor = {15'000};
  game.monsters[1].phases = {fast};
  Wilds wilds(std::move(game));
  const EntityIndex boar = wilds.monster("boar");
  TickContext ctx = wilds.context();
  const Mind mind{wilds.state, ctx, boar};
  EXPECT_EQ(speed_now(mind, units(100)), units(100));
  wilds.state.monster(boar).phase = 1;
  EXPECT_EQ(speed_now(mind, units(100)), units(150));
  wilds.state.fighter(boar).rooted_until = wilds.state.now + Tick{5};
  EXPECT_EQ(speed_now(mind, units(100)), units(0));
}

TEST(Steering, AttackersSpreadRoundTheirTarget) {
  Wilds wilds;
  const EntityIndex player = wilds.player(Wilds::at(0));
  std::vector<EntityIndex> boars;
  for (int i = 0; i < 6; ++i) {
    boars.push_back(wilds.monster("boar", Wilds::at(150)));  // all on one point
    wilds.fight(boars.back(), player);
  }
  wilds.tick(300);
  for (const EntityIndex a : boars) {
    EXPECT_EQ(wilds.ai(a), AiState::Attack);
    for (const EntityIndex b : boars) {
      const std::int64_t apart = a == b ? squared(units(100)) : distance_squared(wilds.place(a), wilds.place(b));
      EXPECT_GT(apart, squared(units(8)));
    }
  }
}

TEST(Steering, TheIdleStepOffOneAnothersFeet) {
  Wilds wilds;
  wilds.player(Wilds::at(500));
  const EntityIndex first = wilds.monster("boar");
  const EntityIndex second = wilds.monster("boar");
  wilds.tick(60);
  EXPECT_GT(distance_squared(wilds.place(first), wilds.place(second)), squared(units(12)));
  EXPECT_EQ(wilds.place(first), Wilds::kMiddle);
  EXPECT_EQ(wilds.ai(second), AiState::Idle);
}

}  // namespace
}  // namespace throng::sim::test
