#include "sim/ai/act_monsters.h"

#include <gtest/gtest.h>

#include "sim/sim_fixtures.h"

namespace throng::sim {
namespace {

TEST(ActMonsters, EveryMonsterStrollsSoonerOrLater) {
  World world = test::make_world(test::scattered_map(3, 80, 20));
  const std::vector<Position> start(world.positions().begin(), world.positions().end());
  std::vector<bool> moved(start.size());
  for (int i = 0; i < 400; ++i) {
    world.tick({});
    for (std::size_t m = 0; m < start.size(); ++m) moved[m] = moved[m] || world.positions()[m] != start[m];
  }
  for (std::size_t m = 0; m < start.size(); ++m) EXPECT_TRUE(moved[m]) << m;
}

TEST(ActMonsters, LeavesAMonsterAloneUntilItsTime) {
  WorldState state = test::make_state(content::open_field("field", 500, 500));
  const EntityIndex index = *state.add_entity(EntityKind::Monster, {units(100), units(100)});
  state.monster(index).decide_at = Tick{5};
  std::vector<Event> events;
  TickContext ctx{{}, events, state.streams, Ground(*state.map, state.settings.body_half_size)};
  state.now = Tick{4};
  act_monsters(state, ctx);
  EXPECT_EQ(state.monster(index).decide_at, Tick{5});
  state.now = Tick{5};
  act_monsters(state, ctx);
  EXPECT_GT(state.monster(index).decide_at, Tick{5});
}

TEST(ActMonsters, LeavesTheDeadAlone) {
  WorldState state = test::make_state(content::open_field("field", 500, 500));
  const EntityIndex index = *state.add_entity(EntityKind::Monster, {units(100), units(100)});
  state.remove_entity(index);
  std::vector<Event> events;
  TickContext ctx{{}, events, state.streams, Ground(*state.map, state.settings.body_half_size)};
  state.now = Tick{50};
  act_monsters(state, ctx);
  EXPECT_EQ(state.monster(index).decide_at, Tick{0});
}

}  // namespace
}  // namespace throng::sim
