#include "sim/ai/senses.h"

#include <gtest/gtest.h>

#include "sim/ai/ai_fixtures.h"

namespace throng::sim::test {
namespace {

ActorRef noticed_by(Wilds& wilds, EntityIndex monster) {
  TickContext ctx = wilds.context();
  const WorldState& state = wilds.state;
  wilds.state.monster_scratch.players.rebuild(state.map->width, state.map->height, state.positions, state.entities);
  return notice({wilds.state, ctx, monster});
}

TEST(Senses, NoticeTheNearestLivingPlayer) {
  Wilds wilds;
  const EntityIndex wolf = wilds.monster("wolf");
  wilds.player(Wilds::at(150));
  const EntityIndex nearer = wilds.player(Wilds::at(-100));
  wilds.set_hp(wilds.player(Wilds::at(30)), 0);
  EXPECT_EQ(noticed_by(wilds, wolf), wilds.state.ref(nearer));
}

TEST(Senses, OfTwoAtOneDistanceTheLowerId) {
  Wilds wilds;
  const EntityIndex wolf = wilds.monster("wolf");
  const EntityIndex first = wilds.player(Wilds::at(100));
  wilds.player(Wilds::at(-100));
  EXPECT_EQ(noticed_by(wilds, wolf), wilds.state.ref(first));
}

TEST(Senses, DoNotReachBeyondTheDetectionRange) {
  Wilds wilds;
  const EntityIndex wolf = wilds.monster("wolf");
  const EntityIndex player = wilds.player(Wilds::at(161));
  EXPECT_FALSE(noticed_by(wilds, wolf).named());
  wilds.put(player, Wilds::at(160));
  EXPECT_TRUE(noticed_by(wilds, wolf).named());
}

TEST(Senses, DoNotReachThroughWalls) {
  Wilds wilds(bestiary(), drawn_map({"..........", "....#.....", "....#.....", "....#.....", ".........."}));
  const EntityIndex wolf = wilds.monster("wolf", cell_middle(1, 2));
  wilds.player(cell_middle(7, 2));
  EXPECT_FALSE(noticed_by(wilds, wolf).named());
}

}  // namespace
}  // namespace throng::sim::test
