#include "sim/combat/damage.h"
#include "sim/game_fixtures.h"

#include <gtest/gtest.h>

namespace throng::sim {
namespace {

using test::Battle;
using test::events_of;

struct Ambush : Battle {
  Ambush(std::int32_t distance, content::MapDef map = content::open_field("field", 1'000, 1'000))
      : Battle(test::small_game(), std::move(map)),
        hero(add_player(1, {units(100), units(100)})),
        wolf(add_foe("wolf", {units(100 + distance), units(100)})) {}

  Verdict aim_at(EntityId target) {
    events.clear();
    TickContext ctx = context();
    set_auto_target(state, ctx, {.key = {1}, .target = target, .aim = {}, .request = 9});
    const auto refused = events_of<IntentRefused>(events);
    return refused.empty() ? Verdict::Accepted : refused[0].verdict;
  }
  EntityId id_of(EntityIndex index) const { return state.entities.id(index); }

  EntityIndex hero;
  EntityIndex wolf;
};

TEST(AutoAttack, GoesOnUntilTheTargetIsDead) {
  Ambush scene(30);
  EXPECT_EQ(scene.aim_at(scene.id_of(scene.wolf)), Verdict::Accepted);
  scene.run(advance_auto_attacks, 20 * 8);
  EXPECT_EQ(events_of<Damaged>(scene.events).size(), 8u);  // 80 health, 10 a blow, one a second
  EXPECT_TRUE(scene.fighter(scene.wolf).dead());
  scene.run(advance_auto_attacks);
  EXPECT_FALSE(scene.state.player(scene.hero).auto_target.named());
}

TEST(AutoAttack, WaitsWhileTheTargetIsOutOfReach) {
  Ambush scene(41);
  EXPECT_EQ(scene.aim_at(scene.id_of(scene.wolf)), Verdict::Accepted);
  scene.run(advance_auto_attacks, 40);
  EXPECT_TRUE(events_of<Damaged>(scene.events).empty());
  EXPECT_TRUE(scene.state.player(scene.hero).auto_target.named());
  scene.state.positions[scene.wolf.value].x = units(140);
  scene.run(advance_auto_attacks);
  EXPECT_EQ(events_of<Damaged>(scene.events).size(), 1u);
}

TEST(AutoAttack, DoesNotStrikeThroughWalls) {
  content::MapDef map = content::open_field("field", 1'000, 1'000);
  for (int row = 0; row < 40; ++row) map.walk.block(14, row);  // x 112 to 120
  Ambush scene(30, map);
  EXPECT_EQ(scene.aim_at(scene.id_of(scene.wolf)), Verdict::Accepted);
  scene.run(advance_auto_attacks, 5);
  EXPECT_TRUE(events_of<Damaged>(scene.events).empty());
}

TEST(AutoAttack, StopsWhenAskedTo) {
  Ambush scene(30);
  scene.aim_at(scene.id_of(scene.wolf));
  scene.aim_at(EntityId{0});
  scene.run(advance_auto_attacks, 30);
  EXPECT_TRUE(events_of<Damaged>(scene.events).empty());
}

TEST(AutoAttack, SaysWhatStandsAgainstATarget) {
  Ambush scene(30);
  const EntityIndex other = scene.add_player(2, {units(100), units(120)});
  EXPECT_EQ(scene.aim_at(EntityId{4'711}), Verdict::NoSuchTarget);
  EXPECT_EQ(scene.aim_at(scene.id_of(other)), Verdict::SafeZone);
  EXPECT_EQ(scene.aim_at(scene.id_of(scene.hero)), Verdict::WrongTarget);
  scene.fighter(scene.wolf).hp = 0;
  EXPECT_EQ(scene.aim_at(scene.id_of(scene.wolf)), Verdict::WrongTarget);
  scene.fighter(scene.hero).hp = 0;
  EXPECT_EQ(scene.aim_at(scene.id_of(scene.wolf)), Verdict::Dead);
  EXPECT_EQ(events_of<IntentRefused>(scene.events)[0].request, 9u);
}

TEST(AutoAttack, ForgetsATargetThatIsGone) {
  Ambush scene(30);
  scene.aim_at(scene.id_of(scene.wolf));
  scene.state.remove_entity(scene.wolf);
  scene.run(advance_auto_attacks);
  EXPECT_FALSE(scene.state.player(scene.hero).auto_target.named());
}

TEST(AutoAttack, TheStunnedDoNotStrike) {
  Ambush scene(30);
  scene.aim_at(scene.id_of(scene.wolf));
  scene.fighter(scene.hero).stunned_until = scene.state.now + Tick{10};
  scene.run(advance_auto_attacks, 9);
  EXPECT_TRUE(events_of<Damaged>(scene.events).empty());
  scene.run(advance_auto_attacks);
  EXPECT_EQ(events_of<Damaged>(scene.events).size(), 1u);
}

}  // namespace
}  // namespace throng::sim
