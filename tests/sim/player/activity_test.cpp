#include "sim/player/activity.h"

#include <gtest/gtest.h>

#include "sim/game_fixtures.h"

namespace throng::sim {
namespace {

TEST(ActivityOf, TheFirstThatHoldsIsShown) {
  test::Battle battle;
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)});
  const EntityIndex wolf = battle.add_foe("wolf", {units(130), units(100)});
  const auto now = [&] { return activity_of(battle.state, hero); };
  EXPECT_EQ(now(), Activity::Idle);
  battle.state.player(hero).direction_y = BasisPoints{10'000};
  apply_player_course(battle.state, hero);
  EXPECT_EQ(now(), Activity::Moving);
  battle.state.player(hero).auto_target = battle.state.ref(wolf);
  EXPECT_EQ(now(), Activity::Moving) << "it has not come to blows";
  battle.fighter(hero).combat_until = battle.state.now + Tick{1};
  EXPECT_EQ(now(), Activity::Fighting);
  battle.fighter(hero).cast.skill = battle.skill("fireball");
  EXPECT_EQ(now(), Activity::Casting);
  battle.fighter(hero).hp = 0;
  EXPECT_EQ(now(), Activity::Dead);
}

}  // namespace
}  // namespace throng::sim
