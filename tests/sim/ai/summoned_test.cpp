#include "sim/ai/summoned.h"

#include <gtest/gtest.h>

#include "sim/ai/ai_fixtures.h"
#include "sim/ai/mind.h"

namespace throng::sim::test {
namespace {

EntityIndex summoned_by(Wilds& wilds, EntityIndex owner, Position where) {
  const EntityIndex wolf = wilds.monster("wolf", where);
  wilds.state.monster(wolf).owner = wilds.state.ref(owner);
  wilds.state.monster(wolf).decide_at = wilds.state.now;
  wilds.state.monster(wolf).expires = wilds.state.now + Tick{2'000};
  return wolf;
}

TEST(Summoned, FollowsItsOwnerAndIsNoDangerToHim) {
  Wilds wilds;
  const EntityIndex owner = wilds.player(Wilds::at(0));
  const EntityIndex wolf = summoned_by(wilds, owner, Wilds::at(20));
  wilds.tick(20);
  EXPECT_NE(wilds.ai(wolf), AiState::Chase);
  wilds.put(owner, Wilds::at(500));
  wilds.tick(500);
  EXPECT_TRUE(within(wilds.place(wolf), wilds.place(owner), units(70)));
}

TEST(Summoned, FightsWhomItsOwnerAttacks) {
  Wilds wilds;
  const EntityIndex owner = wilds.player(Wilds::at(0));
  const EntityIndex wolf = summoned_by(wilds, owner, Wilds::at(20));
  const EntityIndex boar = wilds.monster("boar", Wilds::at(150));
  wilds.state.player(owner).auto_target = wilds.state.ref(boar);
  ASSERT_TRUE(wilds.reaches(wolf, AiState::Attack, 100));
  wilds.tick(40);
  EXPECT_LT(wilds.state.fighter(boar).hp, 100);
}

TEST(Summoned, DefendsItsOwner) {
  Wilds wilds;
  const EntityIndex owner = wilds.player(Wilds::at(0));
  const EntityIndex wolf = summoned_by(wilds, owner, Wilds::at(20));
  const EntityIndex boar = wilds.monster("boar", Wilds::at(100));
  wilds.fight(boar, owner);
  ASSERT_TRUE(wilds.reaches(wolf, AiState::Attack, 100));
  EXPECT_EQ(wilds.state.monster(wolf).target, wilds.state.ref(boar));
}

TEST(Summoned, GoesWhenItsTimeIsUpOrItsOwnerIsGone) {
  Wilds wilds;
  const EntityIndex owner = wilds.player(Wilds::at(0));
  const EntityIndex first = summoned_by(wilds, owner, Wilds::at(20));
  const EntityIndex second = summoned_by(wilds, owner, Wilds::at(40));
  wilds.state.monster(first).expires = wilds.state.now + Tick{10};
  wilds.tick(15);
  EXPECT_FALSE(wilds.state.entities.alive(first));
  EXPECT_TRUE(wilds.state.entities.alive(second));
  wilds.state.remove_entity(owner);
  wilds.tick(25);
  EXPECT_FALSE(wilds.state.entities.alive(second));
}

}  // namespace
}  // namespace throng::sim::test
