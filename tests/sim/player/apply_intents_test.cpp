#include "sim/player/apply_intents.h"

#include <gtest/gtest.h>

#include "sim/play_fixture.h"
#include "sim/sim_fixtures.h"
#include "sim/space/ground.h"

namespace throng::sim {
namespace {

using test::events_of;
using test::make_world;
using test::spawn_at;

World field_world(WorldSettings settings = {}) {
  return make_world(content::open_field("field", 2'000, 2'000), settings);
}

TEST(ApplyIntents, SpawnsAPlayerWhereItAsksToBe) {
  World world = field_world();
  const auto spawned = events_of<PlayerSpawned>(world.tick(std::vector<Intent>{spawn_at(7, {units(50), units(60)})}));
  ASSERT_EQ(spawned.size(), 1u);
  EXPECT_EQ(spawned[0].key, PlayerKey{7});
  EXPECT_EQ(world.find_player(PlayerKey{7}), spawned[0].index);
  EXPECT_EQ(world.positions()[spawned[0].index.value], (Position{units(50), units(60)}));
  EXPECT_EQ(world.player(spawned[0].index).name.view(), "player");
  EXPECT_EQ(world.entities().id(spawned[0].index), spawned[0].id);
}

TEST(ApplyIntents, SpawnsAPlayerAtTheNamedSpawnPoint) {
  content::MapDef map = content::open_field("field", 2'000, 2'000);
  map.player_spawns.push_back({"gate", {{units(900), units(900)}, {units(910), units(910)}}});
  World world = make_world(map);
  const SpawnPlayer at_gate{.key = {1}, .name = {}, .at = {}, .spawn_name = {"gate"}, .sheet = nullptr};
  world.tick(std::vector<Intent>{at_gate});
  const Position at = world.positions()[world.find_player({1})->value];
  EXPECT_TRUE(at.x >= units(900) && at.x < units(910) && at.y >= units(900) && at.y < units(910));
}

TEST(ApplyIntents, NeverSpawnsAPlayerInAWall) {
  const auto map = test::drawn_map({"########  ", "########  ", "########  ", "##########"});
  World world = make_world(map);
  world.tick(std::vector<Intent>{spawn_at(1, {units(8), units(8)})});
  EXPECT_TRUE(Ground(map, units(6)).fits(world.positions()[0]));
}

TEST(ApplyIntents, RefusesASecondPlayerWithTheSameKey) {
  World world = field_world();
  const auto& output = world.tick(std::vector<Intent>{spawn_at(1, {}), spawn_at(1, {})});
  ASSERT_EQ(events_of<SpawnRefused>(output).size(), 1u);
  EXPECT_EQ(events_of<SpawnRefused>(output)[0].reason, SpawnRefusal::KeyInUse);
}

TEST(ApplyIntents, RefusesAPlayerWhenTheWorldIsFull) {
  World world = field_world({.entities_max = 1});
  const auto& output = world.tick(std::vector<Intent>{spawn_at(1, {}), spawn_at(2, {})});
  ASSERT_EQ(events_of<SpawnRefused>(output).size(), 1u);
  EXPECT_EQ(events_of<SpawnRefused>(output)[0].reason, SpawnRefusal::WorldFull);
}

TEST(ApplyIntents, RefusesAPlayerWhereThereIsNoGround) {
  World world = make_world(test::drawn_map({"###", "###", "###"}));
  const auto& output = world.tick(std::vector<Intent>{spawn_at(1, {})});
  ASSERT_EQ(events_of<SpawnRefused>(output).size(), 1u);
  EXPECT_EQ(events_of<SpawnRefused>(output)[0].reason, SpawnRefusal::NoGround);
}

TEST(ApplyIntents, RemovesAPlayerAndTellsOfIt) {
  World world = field_world();
  world.tick(std::vector<Intent>{spawn_at(1, {})});
  const EntityIndex index = *world.find_player({1});
  const auto removed = events_of<EntityRemoved>(world.tick(std::vector<Intent>{RemovePlayer{{1}}, RemovePlayer{{1}}}));
  ASSERT_EQ(removed.size(), 1u);
  EXPECT_EQ(removed[0].index, index);
  EXPECT_EQ(removed[0].kind, EntityKind::Player);
  EXPECT_FALSE(world.find_player({1}).has_value());
  EXPECT_FALSE(world.entities().alive(index));
}

TEST(ApplyIntents, KeepsAnIndexAtRestAfterAPlayerLeft) {
  World world = field_world({.tick_rate_hz = 20, .index_quarantine_ms = 500});
  world.tick(std::vector<Intent>{spawn_at(1, {})});
  const EntityIndex index = *world.find_player({1});
  world.tick(std::vector<Intent>{RemovePlayer{{1}}});
  test::tick_times(world, 8);
  world.tick(std::vector<Intent>{spawn_at(2, {})});
  EXPECT_NE(*world.find_player({2}), index);
  world.tick(std::vector<Intent>{spawn_at(3, {})});
  EXPECT_EQ(*world.find_player({3}), index);
}

TEST(ApplyIntents, AMoveLastsUntilTheNext) {
  World world = field_world();
  world.tick(std::vector<Intent>{spawn_at(1, {units(100), units(100)}), test::move(1, 10'000, 0, 1)});
  test::tick_times(world, 19);
  EXPECT_EQ(world.positions()[0], (Position{units(260), units(100)}));
  EXPECT_EQ(world.player({0}).activity, Activity::Moving);
  world.tick(std::vector<Intent>{test::move(1, 0, 0, 2)});
  test::tick_times(world, 20);
  EXPECT_EQ(world.positions()[0], (Position{units(260), units(100)}));
  EXPECT_EQ(world.player({0}).activity, Activity::Idle);
}

TEST(ApplyIntents, IgnoresOlderMovesAlsoAcrossTheWrap) {
  World world = field_world();
  world.tick(std::vector<Intent>{spawn_at(1, {}), test::move(1, 5'000, 0, 0xffff'fffeu)});
  world.tick(std::vector<Intent>{test::move(1, 6'000, 0, 1), test::move(1, 7'000, 0, 0xffff'ffffu)});
  EXPECT_EQ(world.player({0}).direction_x, BasisPoints{6'000});
  EXPECT_EQ(world.player({0}).move_seq, 1u);
}

TEST(ApplyIntents, AppliesEveryMoveOfAClientThatDoesNotCount) {
  World world = field_world();
  world.tick(std::vector<Intent>{spawn_at(1, {}), test::move(1, 5'000, 0), test::move(1, 0, 5'000)});
  EXPECT_EQ(world.player({0}).direction_y, BasisPoints{5'000});
}

TEST(ApplyIntents, WalksNoFasterDiagonally) {
  World world = field_world();
  world.tick(std::vector<Intent>{spawn_at(1, {units(100), units(100)}), test::move(1, 10'000, 10'000)});
  test::tick_times(world, 19);
  const std::int64_t gone = distance_squared(world.positions()[0], {units(100), units(100)});
  EXPECT_LE(gone, std::int64_t{160'000} * 160'000);
  EXPECT_GE(gone, std::int64_t{159'950} * 159'950);
}

TEST(ApplyIntents, IgnoresMovesOfNobody) {
  World world = field_world();
  EXPECT_TRUE(world.tick(std::vector<Intent>{test::move(9, 1, 1)}).events.empty());
}

TEST(ApplyIntents, RefusesWhatMovesThingsWhileTheStoreIsBehind) {
  test::Play play;
  const EntityIndex player = play.join(1);
  play.give(player, "potion", 2);
  play.give(player, "sword");
  EXPECT_EQ(play.ask(SetEconomyOpen{false}), Verdict::Accepted);
  const std::vector<Intent> wishes = {
      PickUp{{1}, EntityId{9}},
      UseItem{{1}, play.item("potion")},
      Trade{{1}, ShopAction::Buy, play.npc("smith"), play.item("potion")},
      QuestStep{{1}, play.quest("hunt"), QuestAction::Accept},
      ArrangeBag{{1}, BagAction::Destroy, 0, 0, 0},
  };
  for (const Intent& wish : wishes) EXPECT_EQ(play.ask(wish), Verdict::StoreBehind) << wish.index();
  EXPECT_EQ(play.ask(Equip{{1}, play.item("sword")}), Verdict::Accepted);
  EXPECT_EQ(play.ask(ArrangeBag{{1}, BagAction::Sort, 0, 0, 0}), Verdict::Accepted);
  EXPECT_EQ(play.ask(GrantExperience{{1}, 5}), Verdict::Accepted);
  play.run({SetEconomyOpen{true}});
  EXPECT_EQ(play.ask(UseItem{{1}, play.item("potion")}), Verdict::Accepted);
}

}  // namespace
}  // namespace throng::sim
