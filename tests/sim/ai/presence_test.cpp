#include "sim/ai/presence.h"

#include <cstdlib>
#include <vector>

#include <gtest/gtest.h>

#include "sim/ai/ai_fixtures.h"

namespace throng::sim::test {
namespace {

Presence presence_of(const WorldState& state) {
  Presence presence;
  presence.rebuild(state.map->width, state.map->height, state.positions, state.entities);
  return presence;
}

TEST(Presence, NobodyIsNearInAnEmptyWorld) {
  Wilds wilds;
  wilds.monster("boar");
  EXPECT_FALSE(presence_of(wilds.state).anybody_near(Wilds::kMiddle));
}

TEST(Presence, IsCertainWithinItsCellAndEndsBeyondThree) {
  for (const int x : {10, 1023, 2500, 7999}) {
    Wilds one(bestiary(), content::open_field("wide", 8000, 8000));
    one.player({units(x), units(4000)});
    const Presence presence = presence_of(one.state);
    for (int other = 0; other < 8000; other += 50) {
      const int distance = std::abs(other - x);
      const bool near = presence.anybody_near({units(other), units(4000)});
      EXPECT_TRUE(near || distance > 1024) << x << " " << other;
      EXPECT_FALSE(near && distance > 3072) << x << " " << other;
    }
  }
}

TEST(Presence, VisitsPlayersOnly) {
  Wilds wilds;
  wilds.monster("boar");
  const EntityIndex player = wilds.player(Wilds::at(50));
  std::vector<EntityIndex> seen;
  const Presence presence = presence_of(wilds.state);
  presence.visit_near(Wilds::kMiddle, units(100), [&](const SpatialGrid::Entry& e) { seen.push_back(e.index); });
  EXPECT_EQ(seen, std::vector{player});
}

}  // namespace
}  // namespace throng::sim::test
