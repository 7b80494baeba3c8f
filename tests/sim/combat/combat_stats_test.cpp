#include "sim/combat/combat_stats.h"

#include <gtest/gtest.h>

#include "sim/game_fixtures.h"

namespace throng::sim {
namespace {

using content::Stat;
using test::Battle;

void leave(Battle& battle, EntityIndex target, StatusKind kind, Stat stat, std::int32_t amount) {
  StatusToApply wanted;
  wanted.status.status = content::StatusRef{0};
  wanted.status.kind = kind;
  wanted.status.stat = stat;
  wanted.status.amount = amount;
  wanted.duration = Tick{100};
  TickContext ctx = battle.context();
  apply_status(battle.state, ctx, target, wanted);
}

TEST(RefreshStats, AddsLevelsAndWhatIsWorn) {
  Battle battle;
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)}, 3);
  EXPECT_EQ(battle.fighter(hero).stats[Stat::MaxHp], 120);
  EXPECT_EQ(battle.fighter(hero).stats[Stat::Attack], 14);
  ItemStack& weapon = battle.state.inventory(hero).worn[0];
  weapon = {battle.state.content->find_item("sword").value(), 1, 50, false};
  refresh_stats(battle.state, hero);
  EXPECT_EQ(battle.fighter(hero).stats[Stat::Attack], 19);
  weapon.durability = 0;
  refresh_stats(battle.state, hero);
  EXPECT_EQ(battle.fighter(hero).stats[Stat::Attack], 14) << "a broken sword is of no use";
}

TEST(RefreshStats, TakesMonstersFromTheirDefinitionAndPhase) {
  content::GameContent game = test::small_game();
  game.monsters[1].boss = true;
  game.monsters[1].phases = {
      {.damage_factor = BasisPoints{15'000}, .speed_factor = BasisPoints{12'000}, .on_enter = {}, .shout = {}}};
  Battle battle(game);
  const EntityIndex wolf = battle.add_foe("wolf", {units(100), units(100)});
  EXPECT_EQ(battle.fighter(wolf).level, 5);
  EXPECT_EQ(battle.fighter(wolf).stats[Stat::Attack], 8);
  battle.state.monster(wolf).phase = 1;
  refresh_stats(battle.state, wolf);
  EXPECT_EQ(battle.fighter(wolf).stats[Stat::Attack], 12);
  EXPECT_EQ(battle.fighter(wolf).stats[Stat::Speed], 12'000);
}

TEST(RefreshStats, NoStatFallsBelowZeroAndNobodySlowsToAStop) {
  Battle battle;
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)});
  leave(battle, hero, StatusKind::Modifier, Stat::Defence, -1'000);
  leave(battle, hero, StatusKind::Modifier, Stat::Speed, -50'000);
  leave(battle, hero, StatusKind::Modifier, Stat::MaxHp, -1'000);
  EXPECT_EQ(battle.fighter(hero).stats[Stat::Defence], 0);
  EXPECT_EQ(battle.fighter(hero).stats[Stat::Speed], 1'000);
  EXPECT_EQ(battle.fighter(hero).max_hp(), 1);
  EXPECT_EQ(battle.fighter(hero).hp, 1) << "cut, but alive";
}

TEST(PlayerSpeed, FollowsHasteAndModifiersAndStopsForRootsAndStuns) {
  Battle battle;
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)});
  EXPECT_EQ(player_speed(battle.state, hero), units(160));
  leave(battle, hero, StatusKind::Modifier, Stat::Speed, -5'000);
  EXPECT_EQ(player_speed(battle.state, hero), units(80));
  leave(battle, hero, StatusKind::Haste, Stat::Defence, 20'000);
  EXPECT_EQ(player_speed(battle.state, hero), units(160));
  leave(battle, hero, StatusKind::Root, Stat::Defence, 0);
  EXPECT_EQ(player_speed(battle.state, hero), units(0));
}

TEST(PlayerSpeed, TheDeadDoNotWalk) {
  Battle battle;
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)});
  battle.state.player(hero).direction_x = BasisPoints{10'000};
  apply_player_course(battle.state, hero);
  EXPECT_EQ(battle.state.player(hero).activity, Activity::Moving);
  EXPECT_FALSE(battle.state.motions[hero.value].rests());
  battle.fighter(hero).hp = 0;
  apply_player_course(battle.state, hero);
  EXPECT_EQ(battle.state.player(hero).activity, Activity::Dead);
  EXPECT_TRUE(battle.state.motions[hero.value].rests());
}

}  // namespace
}  // namespace throng::sim
