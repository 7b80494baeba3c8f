#include "sim/combat/find_target.h"

#include <gtest/gtest.h>

#include "sim/game_fixtures.h"

namespace throng::sim {
namespace {

TEST(FindTarget, FindsFightersWithinReachOnly) {
  test::Battle battle(test::small_game(), content::open_field("field", 4'000, 400));
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)});
  const EntityIndex near = battle.add_foe("wolf", {units(900), units(100)});
  const EntityIndex far = battle.add_foe("wolf", {units(3'000), units(100)});
  const EntityIndex drop = battle.state.add_entity(EntityKind::Drop, {units(100), units(100)}).value();
  const auto find = [&](EntityIndex wanted) {
    return find_target(battle.state, hero, battle.state.entities.id(wanted));
  };
  EXPECT_EQ(find(near), near);
  EXPECT_EQ(find(hero), hero);
  EXPECT_FALSE(find(far).has_value());
  EXPECT_FALSE(find(drop).has_value());
}

}  // namespace
}  // namespace throng::sim
