#include "sim/world_state.h"

#include <gtest/gtest.h>

#include "sim/sim_fixtures.h"

namespace throng::sim {
namespace {

WorldState field_state() { return test::make_state(content::open_field("field", 500, 500)); }

TEST(WorldState, GivesANewEntityItsOwnCleanRow) {
  WorldState state = field_state();
  const EntityIndex monster = *state.add_entity(EntityKind::Monster, {units(10), units(20)});
  const EntityIndex player = *state.add_entity(EntityKind::Player, {units(30), units(40)});
  state.fighter(player).hp = 7;
  set_course(state.motions[player.value], {{10'000}, {0}}, units(10), 20);
  EXPECT_EQ(state.positions[monster.value], (Position{units(10), units(20)}));
  EXPECT_EQ(state.players.size(), 1u);
  EXPECT_EQ(state.monster_rows.size(), 1u);
  state.remove_entity(player);
  EXPECT_TRUE(state.motions[player.value].rests());
  state.now = Tick{1000};
  EXPECT_EQ(state.add_entity(EntityKind::Player, {}), player);
  EXPECT_EQ(state.fighter(player).hp, Fighter{}.hp);
}

TEST(WorldStateDeathTest, SettingsOutOfRangeAreABug) {
  EXPECT_DEATH(test::make_state(content::open_field("field", 500, 500), {.tick_rate_hz = 0}), "settings out of range");
}

}  // namespace
}  // namespace throng::sim
