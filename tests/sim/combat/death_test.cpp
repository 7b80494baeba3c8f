#include "sim/combat/death.h"

#include <gtest/gtest.h>

#include "sim/game_fixtures.h"
#include "sim/progress/experience.h"

namespace throng::sim {
namespace {

using test::Battle;
using test::events_of;

content::MapArea camp_box(int x, int y, int size) { return {{units(x), units(y)}, {units(x + size), units(y + size)}}; }

content::MapDef two_camps() {
  content::MapDef map = content::open_field("field", 1'000, 1'000);
  map.player_spawns = {{"west", camp_box(50, 50, 40)}, {"east", camp_box(900, 50, 40)}};
  map.zones = {{"ring", content::PvpRule::Arena, camp_box(0, 500, 500)}};
  return map;
}

struct Fall : Battle {
  explicit Fall(Position at, std::int32_t level = 2)
      : Battle(test::small_game(), two_camps()), hero(add_player(1, at, level)) {}
  void fall() {
    TickContext ctx = context();
    die(state, ctx, hero, {});
  }
  EntityIndex hero;
};

TEST(Death, EndsWhatThePlayerWasDoing) {
  Fall scene({units(800), units(100)});
  const EntityIndex wolf = scene.add_foe("wolf", {units(820), units(100)});
  PlayerState& player = scene.state.player(scene.hero);
  player.auto_target = scene.state.ref(wolf);
  player.direction_x = BasisPoints{10'000};
  scene.fighter(scene.hero).cast = {scene.skill("fireball"), scene.state.ref(wolf), {}, scene.state.now + Tick{9}};
  TickContext ctx = scene.context();
  StatusToApply buff;
  buff.status.status = content::StatusRef{0};
  buff.duration = Tick{100};
  apply_status(scene.state, ctx, scene.hero, buff);
  scene.fall();
  EXPECT_EQ(player.activity, Activity::Dead);
  EXPECT_FALSE(player.auto_target.named());
  EXPECT_FALSE(scene.fighter(scene.hero).cast.active());
  EXPECT_EQ(scene.fighter(scene.hero).status_count, 0);
  EXPECT_TRUE(scene.state.motions[scene.hero.value].rests());
  EXPECT_EQ(events_of<CastTold>(scene.events).back().stage, CastStage::Interrupted);
  EXPECT_EQ(events_of<Died>(scene.events).size(), 1u);
}

TEST(Death, ThePlayerStandsUpAtTheNearestSpawnAfterAWhile) {
  Fall scene({units(800), units(100)});
  scene.fall();
  scene.run(respawn_players, 99);
  EXPECT_TRUE(scene.fighter(scene.hero).dead());
  scene.run(respawn_players);
  EXPECT_EQ(scene.fighter(scene.hero).hp, 55) << "half of level 2";
  EXPECT_GE(scene.state.positions[scene.hero.value].x, units(900));
  EXPECT_EQ(events_of<PlayerRespawned>(scene.events).size(), 1u);
  EXPECT_EQ(scene.state.player(scene.hero).activity, Activity::Idle);
}

TEST(Death, CostsAShareOfTheLevelButNeverTheLevel) {
  Fall scene({units(800), units(100)});
  const content::BalanceDef& balance = scene.state.content->balance;
  PlayerState& player = scene.state.player(scene.hero);
  const std::int64_t begin = experience_at(balance, 2);
  const std::int64_t loss = (experience_at(balance, 3) - begin) * 500 / 10'000;
  ASSERT_GT(loss, 0);
  player.experience = begin + loss + 1;
  scene.fall();
  EXPECT_EQ(player.experience, begin + 1);
  EXPECT_EQ(events_of<ExperienceGained>(scene.events).back().amount, -loss);
  scene.fighter(scene.hero).hp = 1;
  scene.fall();
  EXPECT_EQ(player.experience, begin);
  EXPECT_EQ(scene.fighter(scene.hero).level, 2);
}

TEST(Death, WearsOutWhatIsWorn) {
  Fall scene({units(800), units(100)});
  ItemStack& sword = scene.state.inventory(scene.hero).worn[0];
  sword = {scene.state.content->find_item("sword").value(), 1, 50, false};
  scene.fall();
  EXPECT_EQ(sword.durability, 45);
}

TEST(Death, CostsNothingInAnArena) {
  Fall scene({units(100), units(600)});
  scene.state.player(scene.hero).experience += 50;
  scene.fall();
  EXPECT_TRUE(events_of<ExperienceGained>(scene.events).empty());
}

TEST(Death, OfAMonsterIsToldOnceWithItsKiller) {
  Fall scene({units(800), units(100)});
  const EntityIndex wolf = scene.add_foe("wolf", {units(820), units(100)});
  TickContext ctx = scene.context();
  die(scene.state, ctx, wolf, scene.state.ref(scene.hero));
  EXPECT_EQ(scene.fighter(wolf).hp, 0);
  const auto told = events_of<Died>(scene.events);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].kind, EntityKind::Monster);
  EXPECT_EQ(told[0].killer, scene.state.ref(scene.hero));
}

}  // namespace
}  // namespace throng::sim
