#include "sim/sheet_times.h"

#include <gtest/gtest.h>

#include "sim/game_fixtures.h"

namespace throng::sim {
namespace {

using test::game_world;
using test::spawn_player;

constexpr Position kHere{units(100), units(100)};

/// The player has cast `skill` at itself.
World world_with_status(content::SkillDef skill) {
  World world = game_world(content::open_field("meadow", 800, 800), test::small_game_with({std::move(skill)}));
  spawn_player(world, 1, kHere);
  Attack cast{.key = {1}, .target = {0}, .aim = {}};
  cast.skill = world.content().find_skill("gift").value();
  world.tick(std::vector<Intent>{cast});
  return world;
}

content::SkillDef gift(content::EffectDef effect) {
  return test::free_skill("gift", content::SkillShape::Self, content::TargetRule::Self, {std::move(effect)});
}

/// The character of player 1 as player 2 of the same world.
EntityIndex copy_of(World& world) {
  SpawnPlayer spawn{{2}, PlayerName("copy"), kHere, {}, {}};
  spawn.sheet = std::make_shared<const CharacterSheet>(world.sheet(world.find_player({1}).value()));
  world.tick(std::vector<Intent>{spawn});
  return world.find_player({2}).value();
}

TEST(SheetTimes, AStatusGoesOnForItsRest) {
  World world = world_with_status(gift(test::lasting("buff", 10, 5'000)));
  for (int i = 0; i < 20; ++i) world.tick({});
  const EntityIndex copy = copy_of(world);
  ASSERT_EQ(world.statuses(copy).size(), 1u);
  const EntityIndex original = world.find_player({1}).value();
  const ActiveStatus& status = world.statuses(copy)[0];
  EXPECT_EQ(status.status, world.statuses(original)[0].status);
  EXPECT_EQ(status.until, world.statuses(original)[0].until + Tick{1});  // it took a tick to get here
  EXPECT_EQ(world.fighter(copy).stats, world.fighter(original).stats);
}

TEST(SheetTimes, AShieldHasWhatItHadLeft) {
  World world = world_with_status(gift(test::lasting("shield", 25, 5'000)));
  EXPECT_EQ(world.fighter(copy_of(world)).shield, 25);
}

TEST(SheetTimes, WhatTheContentNoLongerHasIsLeftOut) {
  World world = game_world(content::open_field("meadow", 800, 800));
  const EntityIndex player = spawn_player(world, 1, kHere);
  CharacterSheet sheet = world.sheet(player);
  SavedBuff gone;
  gone.status = "no_such_status";
  gone.rest_ms = 1'000;
  sheet.buffs = {gone};
  SpawnPlayer spawn{{2}, PlayerName("copy"), kHere, {}, std::make_shared<const CharacterSheet>(sheet)};
  world.tick(std::vector<Intent>{spawn});
  EXPECT_TRUE(world.statuses(world.find_player({2}).value()).empty());
}

TEST(SheetTimes, TheBoundsHoldForAnySheet) {
  World world = world_with_status(gift(test::lasting("heal_over_time", 5, 5'000)));
  CharacterSheet sheet = world.sheet(world.find_player({1}).value());
  ASSERT_EQ(sheet.buffs.size(), 1u);
  sheet.buffs[0].interval_ms = 0;
  sheet.buffs[0].next_step_in_ms = 0;
  sheet.buffs[0].stacks = 0;
  sheet.buffs[0].amount = INT32_MIN;
  sheet.buffs[0].rest_ms = UINT32_MAX;
  sheet.buffs.resize(kStatusesMax + 3, sheet.buffs[0]);
  SpawnPlayer spawn{{2}, PlayerName("copy"), kHere, {}, std::make_shared<const CharacterSheet>(sheet)};
  world.tick(std::vector<Intent>{spawn});
  EXPECT_EQ(world.statuses(world.find_player({2}).value()).size(), kStatusesMax);
  for (int i = 0; i < 40; ++i) world.tick({});
  EXPECT_TRUE(World::restore(world.save(), world.state().map, world.shared_content()).has_value());
}

}  // namespace
}  // namespace throng::sim
