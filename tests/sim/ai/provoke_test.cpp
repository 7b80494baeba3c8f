// Tests provoke.cpp: what others do to a monster.
#include "sim/ai/threat.h"

#include <gtest/gtest.h>

#include "sim/ai/ai_fixtures.h"

namespace throng::sim::test {
namespace {

TEST(Provoke, APassiveOneTakesItUntilItIsAfraid) {
  Wilds wilds;
  const EntityIndex sheep = wilds.monster("sheep");
  const EntityIndex player = wilds.player(Wilds::at(30));
  wilds.hit(player, sheep, 30);
  EXPECT_EQ(wilds.ai(sheep), AiState::Idle);
  wilds.hit(player, sheep, 30);
  EXPECT_EQ(wilds.ai(sheep), AiState::Flee);
  wilds.tick(10);
  EXPECT_GT(distance_squared(wilds.place(sheep), wilds.place(player)), squared(units(60)));
  EXPECT_TRUE(wilds.reaches(sheep, AiState::Return));
}

TEST(Provoke, APassiveOneLeftAloneIsWellAgain) {
  Wilds wilds;
  const EntityIndex sheep = wilds.monster("sheep");
  wilds.hit(wilds.player(Wilds::at(30)), sheep, 30);
  wilds.tick(120);
  EXPECT_EQ(wilds.state.fighter(sheep).hp, 100);
  EXPECT_EQ(wilds.state.threat(sheep).count, 0);
}

TEST(Provoke, NobodyHearsOfAHealerBeforeThereIsAFight) {
  Wilds wilds;
  const EntityIndex boar = wilds.monster("boar");
  const EntityIndex fighter = wilds.player(Wilds::at(20));
  const EntityIndex healer = wilds.player(Wilds::at(60));
  TickContext ctx = wilds.context();
  threaten_by_healing(wilds.state, ctx, wilds.state.ref(healer), fighter, 100);
  EXPECT_EQ(wilds.state.threat(boar).count, 0);
  wilds.fight(boar, fighter);
  threaten_by_healing(wilds.state, ctx, wilds.state.ref(healer), fighter, 100);
  ASSERT_NE(find_threat(wilds.state.threat(boar), wilds.state.ref(healer)), nullptr);
  EXPECT_EQ(find_threat(wilds.state.threat(boar), wilds.state.ref(healer))->threat, 50);
  wilds.tick(kSenseTicks);
  EXPECT_EQ(wilds.state.monster(boar).target, wilds.state.ref(healer));
}

TEST(Provoke, ATauntHoldsTheTargetForItsTime) {
  Wilds wilds;
  const EntityIndex boar = wilds.monster("boar");
  const EntityIndex tank = wilds.player(Wilds::at(20));
  const EntityIndex mage = wilds.player(Wilds::at(25));
  wilds.hit(mage, boar, 20);
  TickContext ctx = wilds.context();
  taunt(wilds.state, ctx, boar, wilds.state.ref(tank), Tick{40});
  wilds.hit(mage, boar, 20);
  wilds.tick(30);
  EXPECT_EQ(wilds.state.monster(boar).target, wilds.state.ref(tank));
  wilds.tick(15);
  EXPECT_EQ(wilds.state.monster(boar).target, wilds.state.ref(mage));
}

TEST(Provoke, TheDeadAreForgotten) {
  Wilds wilds;
  const EntityIndex boar = wilds.monster("boar");
  const EntityIndex first = wilds.player(Wilds::at(20));
  const EntityIndex second = wilds.player(Wilds::at(25));
  wilds.hit(first, boar, 20);
  wilds.hit(second, boar, 10);
  forget(wilds.state, wilds.state.ref(first));
  wilds.tick();
  EXPECT_EQ(wilds.state.monster(boar).target, wilds.state.ref(second));
}

TEST(Provoke, ThePackComesButCallsNobodyInTurn) {
  Wilds wilds;
  const EntityIndex first = wilds.monster("wolf");
  const EntityIndex near = wilds.monster("wolf", Wilds::at(-200));
  const EntityIndex beyond = wilds.monster("wolf", Wilds::at(-400));
  const EntityIndex stranger = wilds.monster("boar", Wilds::at(-20));
  wilds.hit(wilds.player(Wilds::at(170)), first, 5);
  EXPECT_EQ(wilds.ai(first), AiState::Chase);
  EXPECT_EQ(wilds.ai(near), AiState::Chase);
  EXPECT_EQ(wilds.ai(beyond), AiState::Idle);
  EXPECT_EQ(wilds.ai(stranger), AiState::Idle);
}

TEST(Provoke, OnItsWayHomeItCannotBeHurtOrAngered) {
  Wilds wilds;
  const EntityIndex boar = wilds.monster("boar");
  const EntityIndex player = wilds.player(Wilds::at(300));
  wilds.fight(boar, player);
  wilds.tick(20);
  wilds.put(player, Wilds::at(1000));
  ASSERT_TRUE(wilds.reaches(boar, AiState::Return));
  const int hp = wilds.state.fighter(boar).hp;
  wilds.hit(player, boar, 50);
  TickContext ctx = wilds.context();
  taunt(wilds.state, ctx, boar, wilds.state.ref(player), Tick{40});
  EXPECT_EQ(wilds.state.fighter(boar).hp, hp);
  EXPECT_EQ(wilds.ai(boar), AiState::Return);
  EXPECT_EQ(wilds.state.threat(boar).count, 0);
}

TEST(Provoke, NobodyIsAngryWithTheDeadWhoseFlamesBurnOn) {
  Wilds wilds;
  const EntityIndex sheep = wilds.monster("sheep");
  const EntityIndex player = wilds.player(Wilds::at(20));
  wilds.set_hp(player, 0);
  wilds.hit(player, sheep, 10);
  ASSERT_EQ(wilds.state.threat(sheep).count, 1);
  EXPECT_EQ(wilds.state.threat(sheep).entries[0].threat, 0);
  EXPECT_GT(wilds.state.threat(sheep).entries[0].damage, 0) << "its part in the kill";
}

}  // namespace
}  // namespace throng::sim::test
