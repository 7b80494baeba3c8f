#include "sim/loot/loot.h"

#include <gtest/gtest.h>

#include <set>

#include "sim/party/party.h"
#include "sim/play_fixture.h"

namespace throng::sim {
namespace {

using test::events_of;
using test::kVillageSquare;
using test::Play;

content::GameContent rich_village() {
  content::GameContent game = test::village();
  content::LootTableDef table;
  table.id = "riches";
  table.entries.resize(12);
  for (std::size_t i = 0; i < 10; ++i) table.entries[i].item.id = "pelt";
  for (std::size_t i = 10; i < 12; ++i) {
    table.entries[i].coins = true;
    table.entries[i].min = table.entries[i].max = 5;
  }
  game.loot_tables = {table};
  game.monsters[0].loot.id = "riches";
  return game;
}

struct LootTest : testing::Test {
  Play play{rich_village()};
  EntityIndex player = play.join(1);

  EntityIndex corpse_at(Position at, std::string_view kind = "slime") {
    const EntityIndex index = *play.state.add_entity(EntityKind::Monster, at);
    play.state.monster(index).kind = play.monster(kind);
    return index;
  }
  void loot(EntityIndex corpse, EntityIndex looter) {
    TickContext ctx = play.context();
    drop_loot(play.state, ctx, corpse, looter);
  }
  /// A drop at the player's feet.
  EntityId drop(std::string_view id, int count, PlayerKey owner, std::uint16_t party = kNoParty) {
    TickContext ctx = play.context();
    drop_stack(play.state, ctx, kVillageSquare, {play.item(id), static_cast<std::uint16_t>(count), 0, false}, 0, owner,
               party);
    return events_of<DropAppeared>(play.events).back().id;
  }
  Verdict pick_up_by(std::uint32_t key, EntityId id) { return play.ask(PickUp{{key}, id}); }
  std::size_t drops() { return play.state.entities.alive_count(EntityKind::Drop); }
  void party_of_two() { play.run({PartyStep{{1}, PartyAction::Invite, {2}}, PartyStep{{2}, PartyAction::Join, {1}}}); }
};

TEST_F(LootTest, AMonsterLeavesItsTableRoundItsCorpse) {
  loot(corpse_at(kVillageSquare), player);
  const auto appeared = events_of<DropAppeared>(play.events);
  ASSERT_EQ(appeared.size(), 11u) << "ten pelts and one heap of coins";
  EXPECT_FALSE(content::is_set(appeared.back().item));
  EXPECT_EQ(appeared.back().count, 10);
  std::set<std::pair<int, int>> places;
  for (const DropAppeared& drop : appeared) {
    const Position at = play.state.positions[drop.index.value];
    places.insert({at.x.value, at.y.value});
    EXPECT_LE(distance_squared(at, kVillageSquare), std::int64_t{units(48).value} * units(48).value);
    EXPECT_EQ(play.state.drop(drop.index).owner, PlayerKey{1});
  }
  EXPECT_EQ(places.size(), appeared.size()) << "two drops lie on one another";
}

TEST_F(LootTest, WithoutATableNothingIsLeft) {
  loot(corpse_at(kVillageSquare, "wolf"), player);
  EXPECT_EQ(drops(), 0u);
}

TEST_F(LootTest, NothingLiesInOrBehindAWall) {
  const content::MapDef map = test::drawn_map({"##########", "##     # #", "##     # #", "##     # #", "##########"});
  test::Scene scene(map, rich_village());
  const Position middle = test::cell_corner(5, 2);
  const EntityIndex corpse = *scene.state.add_entity(EntityKind::Monster, middle);
  scene.state.monster(corpse).kind = *scene.state.content->find_monster("slime");
  TickContext ctx = scene.context();
  drop_loot(scene.state, ctx, corpse, corpse);
  const auto appeared = events_of<DropAppeared>(scene.events);
  ASSERT_EQ(appeared.size(), 11u);
  for (const DropAppeared& drop : appeared) {
    const Position at = scene.state.positions[drop.index.value];
    EXPECT_TRUE(ctx.ground.fits(at));
    EXPECT_LT(at.x, units(56)) << "beyond the wall";
    EXPECT_EQ(scene.state.drop(drop.index).free_at, scene.state.now) << "nobody owns what no player killed";
  }
}

TEST_F(LootTest, AnItemGoesIntoTheBagAndTheDropIsGone) {
  const EntityId id = drop("pelt", 3, {1});
  EXPECT_EQ(pick_up_by(1, id), Verdict::Accepted);
  EXPECT_EQ(play.held(player, "pelt"), 3);
  const auto picked = events_of<PickedUp>(play.events);
  ASSERT_EQ(picked.size(), 1u);
  EXPECT_EQ(picked[0].count, 3);
  EXPECT_EQ(picked[0].drop, id);
  EXPECT_EQ(events_of<ItemMoved>(play.events).at(0).source, Source::Loot);
  EXPECT_EQ(events_of<EntityRemoved>(play.events).at(0).id, id);
  EXPECT_EQ(pick_up_by(1, id), Verdict::NothingThere);
}

TEST_F(LootTest, CoinsGoStraightIntoThePurse) {
  play.fill_bag(player);
  TickContext ctx = play.context();
  drop_stack(play.state, ctx, kVillageSquare, {}, 25, kNobody, kNoParty);
  EXPECT_EQ(pick_up_by(1, events_of<DropAppeared>(play.events).back().id), Verdict::Accepted);
  EXPECT_EQ(play.coins(player), 25);
  EXPECT_EQ(events_of<PickedUp>(play.events).at(0).count, 25);
  EXPECT_EQ(drops(), 0u);
}

TEST_F(LootTest, WhatDoesNotFitStaysOnTheGround) {
  play.reload([](content::GameContent& game) { game.balance.bag_capacity = 1; });
  play.give(player, "pelt", 6);
  const EntityId id = drop("pelt", 9, {1});
  EXPECT_EQ(pick_up_by(1, id), Verdict::Accepted);
  EXPECT_EQ(events_of<PickedUp>(play.events).at(0).count, 4);
  EXPECT_EQ(pick_up_by(1, id), Verdict::BagFull);
  EXPECT_EQ(play.state.drop(*play.state.find(EntityKind::Drop, id)).stack.count, 5);
}

TEST_F(LootTest, OnlyThoseNearMayPickUp) {
  const EntityId id = drop("pelt", 1, kNobody);
  play.state.positions[player.value] = {units(549), units(500)};
  EXPECT_EQ(pick_up_by(1, id), Verdict::OutOfRange);
  play.state.positions[player.value] = {units(548), units(500)};
  EXPECT_EQ(pick_up_by(1, id), Verdict::Accepted);
}

TEST_F(LootTest, TheDeadPickNothingUp) {
  const EntityId id = drop("pelt", 1, {1});
  play.state.fighter(player).hp = 0;
  EXPECT_EQ(pick_up_by(1, id), Verdict::Dead);
}

TEST_F(LootTest, ADropIsItsOwnersThenEverybodysThenGone) {
  play.join(2);
  const EntityId id = drop("pelt", 1, {1});
  EXPECT_EQ(pick_up_by(2, id), Verdict::NotYours);
  play.state.now += play.state.ticks(play.state.content->balance.drop_owned_ms) - Tick{1};
  EXPECT_EQ(pick_up_by(2, id), Verdict::NotYours);
  play.state.now += Tick{1};
  EXPECT_EQ(pick_up_by(2, id), Verdict::Accepted);
  drop("pelt", 1, {1});
  play.state.now +=
      play.state.ticks(play.state.content->balance.drop_owned_ms + play.state.content->balance.drop_free_ms);
  play.tick();
  EXPECT_EQ(drops(), 0u);
  EXPECT_EQ(events_of<EntityRemoved>(play.events).size(), 1u);
}

TEST_F(LootTest, WhatBelongsToSomebodyWhoHasLeftIsEverybodys) {
  play.join(2);
  const EntityId id = drop("pelt", 1, {1});
  EXPECT_EQ(pick_up_by(2, id), Verdict::NotYours);
  play.run({RemovePlayer{{1}}});
  EXPECT_EQ(pick_up_by(2, id), Verdict::Accepted);
}

TEST_F(LootTest, WhatNobodyOwnsIsFreeAtOnce) { EXPECT_EQ(pick_up_by(1, drop("pelt", 1, kNobody)), Verdict::Accepted); }

TEST_F(LootTest, AMembersKillIsThePartysByTheFreeRule) {
  play.join(2);
  play.join(3);
  party_of_two();
  loot(corpse_at(kVillageSquare), player);
  const auto appeared = events_of<DropAppeared>(play.events);
  EXPECT_EQ(pick_up_by(3, appeared[0].id), Verdict::NotYours);
  EXPECT_EQ(pick_up_by(2, appeared[0].id), Verdict::Accepted);
  EXPECT_EQ(pick_up_by(1, appeared[1].id), Verdict::Accepted);
}

TEST_F(LootTest, MembersTakeTurnsByTheRoundRobinRule) {
  play.join(2);
  party_of_two();
  play.run({PartyStep{{1}, PartyAction::LootRoundRobin, {}}});
  const EntityIndex corpse = corpse_at(kVillageSquare);
  for (const std::uint32_t turn : {1u, 2u, 1u}) {
    play.events.clear();
    loot(corpse, player);
    const EntityId id = events_of<DropAppeared>(play.events).at(0).id;
    EXPECT_EQ(pick_up_by(3 - turn, id), Verdict::NotYours);
    EXPECT_EQ(pick_up_by(turn, id), Verdict::Accepted);
  }
}

TEST_F(LootTest, APartyThatTakesTheNumberOfAnotherGetsNoneOfItsLoot) {
  play.join(2);
  play.join(3);
  play.join(4);
  party_of_two();
  loot(corpse_at(kVillageSquare), player);
  const EntityId id = events_of<DropAppeared>(play.events).at(0).id;
  play.run({PartyStep{{1}, PartyAction::Leave, {}}});
  play.run({PartyStep{{3}, PartyAction::Invite, {4}}, PartyStep{{4}, PartyAction::Join, {3}}});
  EXPECT_EQ(pick_up_by(4, id), Verdict::NotYours);
  EXPECT_EQ(pick_up_by(1, id), Verdict::Accepted);
}

TEST(Loot, BeyondTheMostTheOldestDropGoes) {
  Play play(test::village(), {.entities_max = 9'000, .index_quarantine_ms = 0});
  TickContext ctx = play.context();
  for (std::size_t i = 0; i < kDropsMax + 5; ++i) {
    drop_stack(play.state, ctx, kVillageSquare, {play.item("pelt"), 1, 0, false}, 0, kNobody, kNoParty);
  }
  EXPECT_EQ(play.state.entities.alive_count(EntityKind::Drop), kDropsMax);
  const auto removed = events_of<EntityRemoved>(play.events);
  const auto appeared = events_of<DropAppeared>(play.events);
  ASSERT_EQ(removed.size(), 5u);
  for (std::size_t i = 0; i < removed.size(); ++i) EXPECT_EQ(removed[i].id, appeared[i].id);
}

TEST(Loot, InAFullWorldADropIsLost) {
  Play play(test::village(), {.entities_max = 2});  // the two npcs
  TickContext ctx = play.context();
  drop_stack(play.state, ctx, kVillageSquare, {play.item("pelt"), 1, 0, false}, 0, kNobody, kNoParty);
  EXPECT_EQ(play.state.entities.alive_count(EntityKind::Drop), 0u);
}

}  // namespace
}  // namespace throng::sim
