#include "sim/player/enter_portals.h"

#include <gtest/gtest.h>

#include "sim/game_fixtures.h"

namespace throng::sim {
namespace {

using test::Battle;
using test::events_of;

content::MapDef gated_map() {
  content::MapDef map = content::open_field("field", 1'000, 1'000);
  map.portals = {{"north", {{units(0), units(0)}, {units(50), units(50)}}, "cave", ""},
                 {"south", {{units(500), units(500)}, {units(550), units(550)}}, "cave", ""}};
  return map;
}

TEST(EnterPortals, TellsOncePerEntry) {
  Battle battle(test::small_game(), gated_map());
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)});
  const auto stand_at = [&](int xy) {
    battle.state.positions[hero.value] = {units(xy), units(xy)};
    battle.run(enter_portals, 3);
    return events_of<PortalEntered>(battle.events).size();
  };
  EXPECT_EQ(stand_at(100), 0u);
  EXPECT_EQ(stand_at(500), 1u);
  EXPECT_EQ(events_of<PortalEntered>(battle.events)[0].portal, 1);
  EXPECT_EQ(stand_at(550), 1u) << "the far edge is outside";
  EXPECT_EQ(stand_at(549), 2u);
  EXPECT_EQ(stand_at(20), 3u) << "from one straight into another";
}

TEST(EnterPortals, WhoIsPutIntoOneHasToLeaveItFirst) {
  Battle battle(test::small_game(), gated_map());
  const EntityIndex hero = battle.add_player(1, {units(20), units(20)});
  stand_in_portal(battle.state, hero);
  battle.run(enter_portals, 2);
  EXPECT_TRUE(battle.events.empty() || events_of<PortalEntered>(battle.events).empty());
}

TEST(EnterPortals, TheDeadStepNowhere) {
  Battle battle(test::small_game(), gated_map());
  const EntityIndex hero = battle.add_player(1, {units(20), units(20)});
  battle.fighter(hero).hp = 0;
  battle.run(enter_portals, 2);
  EXPECT_TRUE(events_of<PortalEntered>(battle.events).empty());
}

}  // namespace
}  // namespace throng::sim
