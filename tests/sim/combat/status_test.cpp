#include "sim/combat/status.h"

#include <gtest/gtest.h>

#include "sim/game_fixtures.h"
#include "sim/player/apply_intents.h"

namespace throng::sim {
namespace {

using content::Stacking;
using content::Stat;
using test::Battle;
using test::events_of;

StatusToApply status(StatusKind kind, std::int32_t amount, std::uint32_t ticks, std::uint16_t number = 0) {
  StatusToApply wanted;
  wanted.status.status = content::StatusRef{number};
  wanted.status.kind = kind;
  wanted.status.amount = amount;
  wanted.status.interval = Tick{20};
  wanted.status.harmful = kind == StatusKind::DamageOverTime || kind == StatusKind::Stun;
  wanted.duration = Tick{ticks};
  return wanted;
}

struct Ward : Battle {
  explicit Ward(content::GameContent game = test::small_game())
      : Battle(std::move(game)),
        hero(add_player(1, {units(100), units(100)})),
        wolf(add_foe("wolf", {units(130), units(100)})) {}
  void put(EntityIndex target, const StatusToApply& wanted) {
    TickContext ctx = context();
    apply_status(state, ctx, target, wanted);
  }
  const ActiveStatus& first(EntityIndex target) const { return state.statuses[target.value][0]; }
  EntityIndex hero;
  EntityIndex wolf;
};

TEST(Status, EndsAtTheStartOfItsLastTick) {
  Ward ward;
  ward.put(ward.hero, status(StatusKind::Modifier, 10, 5));
  EXPECT_EQ(ward.fighter(ward.hero).stats[Stat::Defence], 15);
  ward.run(advance_statuses, 4);
  EXPECT_EQ(ward.fighter(ward.hero).stats[Stat::Defence], 15);
  ward.run(advance_statuses);
  EXPECT_EQ(ward.fighter(ward.hero).stats[Stat::Defence], 5);
  const auto told = events_of<StatusChanged>(ward.events);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].stacks, 1);
  EXPECT_EQ(told[1].stacks, 0);
}

TEST(Status, RefreshTakesTheNewAmountAndStartsTheTimeAgain) {
  Ward ward;
  ward.put(ward.hero, status(StatusKind::Modifier, 10, 5));
  ward.state.now += Tick{3};
  ward.put(ward.hero, status(StatusKind::Modifier, 4, 5));
  EXPECT_EQ(ward.fighter(ward.hero).status_count, 1);
  EXPECT_EQ(ward.fighter(ward.hero).stats[Stat::Defence], 9);
  EXPECT_EQ(ward.first(ward.hero).until, ward.state.now + Tick{5});
}

TEST(Status, StacksAddUpToTheMost) {
  Ward ward;
  StatusToApply wanted = status(StatusKind::Modifier, 10, 50);
  wanted.stacking = Stacking::Stack;
  wanted.stacks_max = 3;
  for (int i = 0; i < 5; ++i) ward.put(ward.hero, wanted);
  EXPECT_EQ(ward.first(ward.hero).stacks, 3);
  EXPECT_EQ(ward.fighter(ward.hero).stats[Stat::Defence], 35);
  EXPECT_EQ(events_of<StatusChanged>(ward.events).back().stacks, 3);
}

TEST(Status, TheStrongestWins) {
  Ward ward;
  StatusToApply wanted = status(StatusKind::Modifier, 10, 50);
  wanted.stacking = Stacking::Strongest;
  ward.put(ward.hero, wanted);
  ward.state.now += Tick{10};
  wanted.status.amount = 6;
  ward.put(ward.hero, wanted);
  EXPECT_EQ(ward.fighter(ward.hero).stats[Stat::Defence], 15);
  EXPECT_EQ(ward.first(ward.hero).until, ward.state.now + Tick{40}) << "a weaker one changes nothing";
  wanted.status.amount = 10;
  ward.put(ward.hero, wanted);
  EXPECT_EQ(ward.first(ward.hero).until, ward.state.now + Tick{50}) << "an equal one starts the time again";
  wanted.status.amount = 20;
  ward.put(ward.hero, wanted);
  EXPECT_EQ(ward.fighter(ward.hero).stats[Stat::Defence], 25);
}

TEST(Status, AShieldStacksToItsSumAndNoFurther) {
  Ward ward;
  StatusToApply wanted = status(StatusKind::Shield, 20, 50);
  wanted.stacking = Stacking::Stack;
  wanted.stacks_max = 2;
  for (int i = 0; i < 4; ++i) ward.put(ward.hero, wanted);
  EXPECT_EQ(ward.fighter(ward.hero).shield, 40);
  TickContext ctx = ward.context();
  EXPECT_EQ(absorb(ward.state, ctx, ward.hero, 30), 30);
  ward.put(ward.hero, wanted);
  EXPECT_EQ(ward.fighter(ward.hero).shield, 30);
}

TEST(Status, DamageComesInExactStepsAndTheLastOneCounts) {
  Ward ward;
  StatusToApply burn = status(StatusKind::DamageOverTime, 7, 100);
  burn.status.source = ward.state.ref(ward.hero);
  ward.put(ward.wolf, burn);
  ward.run(advance_statuses, 19);
  EXPECT_EQ(ward.fighter(ward.wolf).hp, 80);
  ward.run(advance_statuses);
  EXPECT_EQ(ward.fighter(ward.wolf).hp, 73);
  ward.run(advance_statuses, 200);
  EXPECT_EQ(ward.fighter(ward.wolf).hp, 80 - 5 * 7);
  EXPECT_EQ(ward.fighter(ward.wolf).status_count, 0);
}

TEST(Status, RenewingDoesNotPutStepsOff) {
  Ward ward;
  for (int i = 0; i < 10; ++i) {
    ward.put(ward.wolf, status(StatusKind::DamageOverTime, 1, 100));
    ward.run(advance_statuses, 10);
  }
  EXPECT_EQ(ward.fighter(ward.wolf).hp, 75);
}

TEST(Status, HealingComesInSteps) {
  Ward ward;
  ward.fighter(ward.wolf).hp = 10;
  ward.put(ward.wolf, status(StatusKind::HealOverTime, 6, 60));
  ward.run(advance_statuses, 100);
  EXPECT_EQ(ward.fighter(ward.wolf).hp, 28);
}

TEST(Status, DeathByAStepEndsEverything) {
  Ward ward;
  ward.fighter(ward.wolf).hp = 5;
  ward.put(ward.wolf, status(StatusKind::DamageOverTime, 7, 100, 0));
  ward.put(ward.wolf, status(StatusKind::DamageOverTime, 7, 100, 1));
  ward.run(advance_statuses, 20);
  EXPECT_EQ(ward.fighter(ward.wolf).hp, 0);
  EXPECT_EQ(ward.fighter(ward.wolf).status_count, 0);
  EXPECT_EQ(events_of<Died>(ward.events).size(), 1u);
}

TEST(Status, OneTooManyTakesThePlaceOfTheOneThatEndsFirst) {
  Ward ward;
  for (std::uint16_t i = 0; i < kStatusesMax; ++i) {
    ward.put(ward.hero, status(StatusKind::Modifier, 1, 100u - i, i));
  }
  ward.put(ward.hero, status(StatusKind::Modifier, 1, 10, 90));
  EXPECT_EQ(ward.fighter(ward.hero).status_count, kStatusesMax);
  EXPECT_TRUE(has_status(ward.state, ward.hero, content::StatusRef{90}));
  EXPECT_FALSE(has_status(ward.state, ward.hero, content::StatusRef{kStatusesMax - 1}));
  EXPECT_TRUE(has_status(ward.state, ward.hero, content::StatusRef{0}));
}

TEST(Status, DispelTakesTheNewestOfItsSort) {
  Ward ward;
  ward.put(ward.hero, status(StatusKind::DamageOverTime, 1, 100, 0));
  ward.put(ward.hero, status(StatusKind::Modifier, 1, 100, 1));
  ward.put(ward.hero, status(StatusKind::Stun, 0, 100, 2));
  TickContext ctx = ward.context();
  EXPECT_TRUE(is_stunned(ward.state, ward.hero));
  EXPECT_EQ(dispel(ward.state, ctx, ward.hero, true, 1), 1);
  EXPECT_FALSE(is_stunned(ward.state, ward.hero));
  EXPECT_TRUE(has_status(ward.state, ward.hero, content::StatusRef{0}));
  EXPECT_EQ(dispel(ward.state, ctx, ward.hero, true, 9), 1);
  EXPECT_EQ(dispel(ward.state, ctx, ward.hero, false, 9), 1);
  EXPECT_EQ(ward.fighter(ward.hero).status_count, 0);
}

TEST(Status, AStunStopsTheWalkAndItsEndLetsItGoOn) {
  Ward ward;
  const std::vector<Intent> walk{test::move(1, 10'000, 0)};
  TickContext ctx = ward.context(walk);
  apply_intents(ward.state, ctx);
  EXPECT_FALSE(ward.state.motions[ward.hero.value].rests());
  ward.put(ward.hero, status(StatusKind::Stun, 0, 10));
  EXPECT_TRUE(ward.state.motions[ward.hero.value].rests());
  ward.run(advance_statuses, 10);
  EXPECT_FALSE(ward.state.motions[ward.hero.value].rests());
}

TEST(Status, TheDeadAreLeftAlone) {
  Ward ward;
  ward.fighter(ward.hero).hp = 0;
  ward.put(ward.hero, status(StatusKind::Modifier, 1, 10));
  EXPECT_EQ(ward.fighter(ward.hero).status_count, 0);
}

TEST(Status, SomeMonstersResistWhatWouldHoldThem) {
  content::GameContent game = test::small_game();
  game.monsters[1].stun_resistance = {10'000};
  game.monsters[1].root_resistance = {6'000};
  Ward ward(std::move(game));
  ward.put(ward.wolf, status(StatusKind::Stun, 0, 100, 0));
  EXPECT_FALSE(is_stunned(ward.state, ward.wolf)) << "immune";
  EXPECT_EQ(ward.fighter(ward.wolf).status_count, 0);
  ward.put(ward.wolf, status(StatusKind::Root, 0, 100, 1));
  EXPECT_EQ(ward.fighter(ward.wolf).rooted_until, ward.state.now + Tick{40});
  ward.put(ward.wolf, status(StatusKind::Root, 0, 1, 2));
  EXPECT_FALSE(has_status(ward.state, ward.wolf, content::StatusRef{2})) << "less than a tick is left";
  ward.put(ward.wolf, status(StatusKind::Silence, 0, 100, 3));
  EXPECT_EQ(ward.fighter(ward.wolf).silenced_until, ward.state.now + Tick{100}) << "which it does not resist";
  ward.put(ward.hero, status(StatusKind::Stun, 0, 100, 0));
  EXPECT_TRUE(is_stunned(ward.state, ward.hero)) << "players never do";
}

}  // namespace
}  // namespace throng::sim
