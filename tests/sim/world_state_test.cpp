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
  state.player(player).hp = 7;
  set_course(state.motions[player.value], {{10'000}, {0}}, units(10), 20);
  EXPECT_EQ(state.positions[monster.value], (Position{units(10), units(20)}));
  EXPECT_EQ(state.players.size(), 1u);
  EXPECT_EQ(state.monster_rows.size(), 1u);
  state.remove_entity(player);
  EXPECT_TRUE(state.motions[player.value].rests());
  state.now = Tick{1000};
  EXPECT_EQ(state.add_entity(EntityKind::Player, {}), player);
  EXPECT_EQ(state.player(player).hp, kPlayerStartHp);
}

TEST(WorldState, EveryFieldCountsForTheDigest) {
  WorldState state = field_state();
  const EntityIndex player = *state.add_entity(EntityKind::Player, {units(10), units(20)});
  const EntityIndex monster = *state.add_entity(EntityKind::Monster, {units(10), units(20)});
  std::vector<std::uint64_t> seen{state.digest()};
  const auto expect_new = [&](const char* what) {
    const std::uint64_t digest = state.digest();
    EXPECT_EQ(std::count(seen.begin(), seen.end(), digest), 0) << what;
    seen.push_back(digest);
  };
  state.player(player).key.value = 5, expect_new("key");
  state.player(player).name.assign("x"), expect_new("name");
  state.player(player).activity = Activity::Moving, expect_new("activity");
  state.player(player).has_moved = true, expect_new("has_moved");
  state.player(player).level = 9, expect_new("level");
  state.player(player).hp = 9, expect_new("hp");
  state.player(player).max_hp = 9, expect_new("max_hp");
  state.player(player).direction_x.value = 9, expect_new("direction_x");
  state.player(player).direction_y.value = 9, expect_new("direction_y");
  state.player(player).move_seq = 9, expect_new("move_seq");
  state.monster(monster).kind = 1, expect_new("kind");
  state.monster(monster).home.x.value = 9, expect_new("home");
  state.monster(monster).destination.y.value = 9, expect_new("destination");
  state.monster(monster).decide_at.value = 9, expect_new("decide_at");
  state.motions[0].carried_y = 9, expect_new("carried");
  state.motions[0].stalled = 1, expect_new("stalled");
  state.positions[0].y.value += 1, expect_new("position");
  state.streams.rng(Stream::Loot).next(), expect_new("stream");
  state.now += Tick{1}, expect_new("now");
  state.remove_entity(monster), expect_new("release");
}

TEST(WorldState, TheDigestDoesNotDependOnTheOrderOfTheContent) {
  content::MonstersDef turned = test::two_kinds();
  std::swap(turned.kinds[0], turned.kinds[1]);
  WorldState a = field_state();
  WorldState b = test::make_state(content::open_field("field", 500, 500), {}, 1, turned);
  a.monster(*a.add_entity(EntityKind::Monster, {})).kind = 0;
  b.monster(*b.add_entity(EntityKind::Monster, {})).kind = 1;
  EXPECT_EQ(a.digest(), b.digest());
}

TEST(WorldStateDeathTest, SettingsOutOfRangeAreABug) {
  EXPECT_DEATH(test::make_state(content::open_field("field", 500, 500), {.tick_rate_hz = 0}), "settings out of range");
}

}  // namespace
}  // namespace throng::sim
