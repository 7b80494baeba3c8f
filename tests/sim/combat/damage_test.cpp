#include "sim/combat/damage.h"

#include <gtest/gtest.h>

#include "sim/game_fixtures.h"

namespace throng::sim {
namespace {

using test::Battle;
using test::events_of;

Hit hit_of(const Battle& battle, EntityIndex source, EntityIndex target, std::int32_t power) {
  return {.source = battle.state.ref(source), .target = target, .power = power, .can_crit = false};
}

/// A player at the west and a wolf (80 health, no defence) at the east.
struct Duel : Battle {
  explicit Duel(content::GameContent game = test::small_game(), std::uint64_t seed = 1)
      : Battle(std::move(game), content::open_field("field", 1'000, 1'000), {}, seed),
        hero(add_player(1, {units(100), units(100)})),
        wolf(add_foe("wolf", {units(130), units(100)})) {}
  EntityIndex hero;
  EntityIndex wolf;
};

TEST(Mitigated, HalvesAtTheHalfValueAndNeverReachesZero) {
  EXPECT_EQ(mitigated(100, 0, 100), 100);
  EXPECT_EQ(mitigated(100, 100, 100), 50);
  EXPECT_EQ(mitigated(100, 300, 100), 25);
  EXPECT_EQ(mitigated(1, 1'000'000'000, 100), 1);
  EXPECT_EQ(mitigated(0, 5, 100), 0);
  EXPECT_EQ(mitigated(1'000'000, 0, 1), 1'000'000);
}

TEST(DealDamage, TakesHitPointsAndTellsOfIt) {
  Duel duel;
  TickContext ctx = duel.context();
  EXPECT_EQ(deal_damage(duel.state, ctx, hit_of(duel, duel.hero, duel.wolf, 30)), 30);
  EXPECT_EQ(duel.fighter(duel.wolf).hp, 50);
  const auto told = events_of<Damaged>(duel.events);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].source, duel.state.ref(duel.hero));
  EXPECT_EQ(told[0].amount, 30);
  EXPECT_TRUE(in_combat(duel.state, duel.hero));
  EXPECT_TRUE(in_combat(duel.state, duel.wolf));
}

TEST(DealDamage, CountsDefenceInFullAgainstBladesAndAThirdAgainstMagic) {
  content::GameContent game = test::small_game();
  game.monsters[1].defence = 300;
  game.monsters[1].max_hp = 1'000;
  Duel duel(game);
  TickContext ctx = duel.context();
  Hit hit = hit_of(duel, duel.hero, duel.wolf, 100);
  EXPECT_EQ(deal_damage(duel.state, ctx, hit), 25);
  hit.element = content::Element::Frost;
  EXPECT_EQ(deal_damage(duel.state, ctx, hit), 50);
}

TEST(DealDamage, NeverTakesMoreThanThereIs) {
  Duel duel;
  TickContext ctx = duel.context();
  EXPECT_EQ(deal_damage(duel.state, ctx, hit_of(duel, duel.hero, duel.wolf, 1'000'000)), 80);
  EXPECT_EQ(duel.fighter(duel.wolf).hp, 0);
  EXPECT_EQ(events_of<Died>(duel.events).size(), 1u);
  EXPECT_EQ(deal_damage(duel.state, ctx, hit_of(duel, duel.hero, duel.wolf, 10)), 0);
  EXPECT_EQ(events_of<Died>(duel.events).size(), 1u);
}

TEST(DealDamage, DoesNothingToAMonsterOnItsWayHome) {
  Duel duel;
  duel.state.monster(duel.wolf).ai = AiState::Return;
  TickContext ctx = duel.context();
  EXPECT_EQ(deal_damage(duel.state, ctx, hit_of(duel, duel.hero, duel.wolf, 30)), 0);
  EXPECT_EQ(duel.fighter(duel.wolf).hp, 80);
  EXPECT_TRUE(events_of<Damaged>(duel.events).empty());
}

TEST(DealDamage, LandsAfterTheAttackerHasLeft) {
  Duel duel;
  const Hit hit = hit_of(duel, duel.hero, duel.wolf, 30);
  duel.state.players_by_key.erase({1});
  duel.state.remove_entity(duel.hero);
  TickContext ctx = duel.context();
  EXPECT_EQ(deal_damage(duel.state, ctx, hit), 30);
}

TEST(DealDamage, CriticalHitsAreStrongerByTheAttackersFactor) {
  Duel duel;
  TickContext ctx = duel.context();
  Hit hit = hit_of(duel, duel.hero, duel.wolf, 30);
  hit.critical = true;
  EXPECT_EQ(deal_damage(duel.state, ctx, hit), 45);
  EXPECT_TRUE(events_of<Damaged>(duel.events)[0].critical);
}

TEST(DealDamage, IsWeakerBetweenPlayers) {
  Duel duel;
  const EntityIndex other = duel.add_player(2, {units(110), units(100)});
  duel.fighter(other).stats[content::Stat::Defence] = 0;
  TickContext ctx = duel.context();
  EXPECT_EQ(deal_damage(duel.state, ctx, hit_of(duel, duel.hero, other, 30)), 15);
  EXPECT_EQ(deal_damage(duel.state, ctx, hit_of(duel, duel.hero, other, 1)), 1);
}

TEST(DealDamage, ShieldsTakeItFirstAndEndWhenUsedUp) {
  Duel duel;
  StatusToApply wanted;
  wanted.status.status = content::StatusRef{0};
  wanted.status.kind = StatusKind::Shield;
  wanted.status.amount = 20;
  wanted.duration = Tick{100};
  TickContext ctx = duel.context();
  apply_status(duel.state, ctx, duel.wolf, wanted);
  wanted.status.status = content::StatusRef{1};
  apply_status(duel.state, ctx, duel.wolf, wanted);
  EXPECT_EQ(duel.fighter(duel.wolf).shield, 40);
  EXPECT_EQ(deal_damage(duel.state, ctx, hit_of(duel, duel.hero, duel.wolf, 25)), 0);
  EXPECT_EQ(duel.fighter(duel.wolf).shield, 15);
  EXPECT_EQ(duel.fighter(duel.wolf).status_count, 1);
  EXPECT_EQ(deal_damage(duel.state, ctx, hit_of(duel, duel.hero, duel.wolf, 25)), 10);
  EXPECT_EQ(duel.fighter(duel.wolf).shield, 0);
  EXPECT_EQ(duel.fighter(duel.wolf).status_count, 0);
  EXPECT_EQ(events_of<Damaged>(duel.events)[1].absorbed, 15);
}

TEST(DealDamage, IsThreatToTheMonster) {
  Duel duel;
  TickContext ctx = duel.context();
  deal_damage(duel.state, ctx, hit_of(duel, duel.hero, duel.wolf, 30));
  ASSERT_EQ(duel.state.threat(duel.wolf).count, 1);
  EXPECT_EQ(duel.state.threat(duel.wolf).entries[0].actor, duel.state.ref(duel.hero));
  EXPECT_EQ(duel.state.threat(duel.wolf).entries[0].damage, 30);
}

TEST(Heal, GivesBackNoMoreThanIsMissing) {
  Duel duel;
  duel.fighter(duel.hero).hp = 70;
  TickContext ctx = duel.context();
  const ActorRef self = duel.state.ref(duel.hero);
  EXPECT_EQ(heal(duel.state, ctx, self, duel.hero, 20, {}), 20);
  EXPECT_EQ(heal(duel.state, ctx, self, duel.hero, 20, {}), 10);
  EXPECT_EQ(heal(duel.state, ctx, self, duel.hero, 20, {}), 0);
  EXPECT_EQ(duel.fighter(duel.hero).hp, 100);
  EXPECT_EQ(events_of<Healed>(duel.events).size(), 3u);
}

TEST(Heal, DoesNotRaiseTheDead) {
  Duel duel;
  duel.fighter(duel.hero).hp = 0;
  TickContext ctx = duel.context();
  EXPECT_EQ(heal(duel.state, ctx, duel.state.ref(duel.wolf), duel.hero, 20, {}), 0);
}

TEST(RollCritical, ComesAsOftenAsTheStatSays) {
  // 40 seeds of 500 rolls at a quarter: chi-square of one degree of freedom per seed, 99.99 % of sums lie below 85.
  std::int64_t chi_square_thousandths = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Duel duel(test::small_game(), seed);
    duel.fighter(duel.hero).stats[content::Stat::CritChance] = 2'500;
    TickContext ctx = duel.context();
    std::int64_t hits = 0;
    for (int i = 0; i < 500; ++i) hits += roll_critical(duel.state, ctx, duel.hero) ? 1 : 0;
    const std::int64_t off = hits - 125;
    chi_square_thousandths += 1'000 * off * off / 125 + 1'000 * off * off / 375;
  }
  EXPECT_LT(chi_square_thousandths, 85'000);
  EXPECT_GT(chi_square_thousandths, 12'000) << "too even to be luck";
}

TEST(BasicAttack, StrikesWithTheAttackStatAndNeedsABreath) {
  Duel duel;
  TickContext ctx = duel.context();
  basic_attack(duel.state, ctx, duel.hero, duel.wolf, 1'000);
  EXPECT_EQ(duel.fighter(duel.wolf).hp, 70);
  EXPECT_EQ(duel.fighter(duel.hero).attack_ready, duel.state.now + Tick{20});
}

}  // namespace
}  // namespace throng::sim
