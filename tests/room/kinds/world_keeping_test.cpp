#include "room/kinds/world_keeping.h"

#include <algorithm>

#include "base/rng.h"
#include "protocol/codes.h"
#include "room/kinds/kept_world.h"

namespace throng::room {
namespace {

using Texts = std::vector<std::string>;
using test::kAnn;
using test::kBob;

class WorldKeepingTest : public test::KeptWorld {
 protected:
  /// Ann on link 1 with a hundred coins, all of it durable and shown.
  test::DecodingClient& ann_plays(std::int64_t coins = 100) {
    endow(kAnn, coins);
    test::DecodingClient& ann = play(1, "ann", kept(kAnn));
    settle();
    return ann;
  }
  Texts errors(std::uint64_t link) { return room().texts(link, "error", "code"); }
  Texts loot(std::uint64_t link) { return room().texts(link, "loot", "item"); }
  void hit_a_slime(std::uint64_t link) {
    const std::vector<std::string> slimes = client(link).keys("monsters");
    ASSERT_FALSE(slimes.empty());
    room().say(link, "attack", test::text_payload("targetId", slimes.front()));
  }
  /// Until it is in a fight with something that lives long.
  void get_into_a_fight(std::uint64_t link) {
    for (int i = 0; i < 100 && client(link).me("inCombat") == 0; ++i) {
      if (i % 10 == 0) hit_a_slime(link);
      settle(1);
    }
    ASSERT_EQ(client(link).me("inCombat"), 1);
  }
};

// What is shown

TEST_F(WorldKeepingTest, WhatIsBoughtIsShownWhenItIsCommitted) {
  open_market();
  ann_plays();
  shop(1, "buy", "sword");
  room().step(5);
  ASSERT_EQ(keeper.waiting.size(), 1u);
  EXPECT_EQ(client(1).me("coins"), 100);
  EXPECT_EQ(shown_in_bag(1, "sword"), 0);
  EXPECT_TRUE(loot(1).empty());
  keeper.commit(room().room);
  EXPECT_EQ(loot(1), (Texts{"coins", "sword"})) << "told at once";
  room().step();
  EXPECT_EQ(client(1).me("coins"), 80);
  EXPECT_EQ(shown_in_bag(1, "sword"), 1);
}

TEST_F(WorldKeepingTest, AnswersWaitForTheCommitAndRefusalsDoNot) {
  open_market();
  ann_plays();
  const SessionSlot ann = room().players.at(1).slot;
  const auto ask = [&](std::uint8_t id, const std::string& item) {
    const test::Bytes payload = texts_payload({{"npcId", "smith"}, {"action", "buy"}, {"itemId", item}});
    room().room.on_frame(ann, {1}, test::request_frame(id, "shop", payload));
  };
  const auto answers = [&] { return room().transport.to({1}, protocol::Opcode::RoomResponse).size(); };
  ask(1, "potion");
  ask(2, "jelly");
  room().step(4);
  EXPECT_EQ(answers(), 1u) << "it is not for sale";
  keeper.commit(room().room);
  EXPECT_EQ(answers(), 2u);
}

TEST_F(WorldKeepingTest, GuestsAreShownEverythingAtOnce) {
  open_market();
  sim::CharacterSheet sheet;
  sheet.coins = 50;
  play(1, "guest", arriving("guest", sheet));
  shop(1, "buy", "potion");
  room().step(2);
  EXPECT_EQ(client(1).me("coins"), 46);
  EXPECT_EQ(shown_in_bag(1, "potion"), 1);
  EXPECT_TRUE(keeper.waiting.empty());
}

TEST_F(WorldKeepingTest, WithoutAKeeperEverybodyIsAGuest) {
  content::GameContent game = test::market_game(0);
  open(test::world_def(), content::link_by_hand(std::move(game)));
  sim::CharacterSheet sheet;
  sheet.coins = 50;
  JoinOptions options = kept(kAnn);
  Arrival arrival = *options.arrival;
  arrival.sheet = sim::save_sheet(sheet);
  options.arrival = std::make_shared<const Arrival>(arrival);
  play(1, "ann", options);
  shop(1, "buy", "potion");
  room().step(2);
  EXPECT_EQ(client(1).me("coins"), 46);
}

TEST_F(WorldKeepingTest, LevelAndExperienceAreShownToEverybodyWhenTheyAreCommitted) {
  content::GameContent game = test::market_game(20);
  game.monsters[0].experience = 5'000;
  open_kept(std::move(game), test::field_map());
  ann_plays();
  play(2, "bob", kept(kBob));
  settle();
  hit_a_slime(1);
  room().step(30);
  ASSERT_FALSE(keeper.waiting.empty());
  EXPECT_EQ(client(1).me("experience"), 0);
  EXPECT_EQ(client(2).entry("players", "ann", "level").number, 1);
  settle();
  EXPECT_GT(client(1).me("experience"), 0);
  EXPECT_GT(client(2).entry("players", "ann", "level").number, 1);
  const Texts types = room().texts(1, "progress", "type");
  EXPECT_NE(std::find(types.begin(), types.end(), "level"), types.end());
}

TEST_F(WorldKeepingTest, OneCutIsUnderWayAndTheRestBelongsToTheNext) {
  open_market();
  ann_plays();
  shop(1, "buy", "potion");
  room().step(2);
  shop(1, "buy", "potion");
  room().step(2);
  ASSERT_EQ(keeper.waiting.size(), 1u);
  keeper.commit(room().room);
  ASSERT_EQ(keeper.waiting.size(), 1u) << "handed over at once";
  room().step();
  EXPECT_EQ(client(1).me("coins"), 96) << "of the first cut";
  keeper.commit(room().room);
  room().step();
  EXPECT_EQ(client(1).me("coins"), 92);
}

TEST_F(WorldKeepingTest, NothingIsHandedOverWhenNothingChanges) {
  open_market();
  ann_plays();
  const int cuts = keeper.cuts;
  room().step(400);
  EXPECT_EQ(keeper.cuts, cuts);
}

TEST_F(WorldKeepingTest, ACheckpointKeepsWhereACharacterStands) {
  content::RoomKindDef def = test::world_def();
  def.world->character_checkpoint_ms = 2'000;
  open_market(0, def);
  ann_plays();
  room().say(1, "move", test::move_payload(-1, 0, 1));
  for (int i = 0; i < 100; ++i) settle(1);
  const auto place = keeper.sheet(kAnn).place;
  ASSERT_TRUE(place.has_value());
  EXPECT_LT(place->x, units(900));
  EXPECT_EQ(keeper.save(kAnn).map, "field");
  EXPECT_FALSE(keeper.save(kAnn).release);
}

// Who comes and goes

TEST_F(WorldKeepingTest, ANewCharacterIsSavedAndOneThatComesBackStandsWhereItStood) {
  open_market();
  play(1, "ann", kept(kAnn));
  settle();
  ASSERT_TRUE(keeper.saves.contains(kAnn));
  room().say(1, "move", test::move_payload(1, 0, 1));
  room().step(30);
  room().room.on_link_closed(room().players.at(1).slot, {1}, protocol::kCloseConsented);
  room().players.erase(1);
  settle();
  EXPECT_TRUE(keeper.save(kAnn).release);
  const auto place = keeper.sheet(kAnn).place;
  ASSERT_TRUE(place.has_value());
  play(2, "ann", kept(kAnn));
  settle();
  EXPECT_EQ(client(2).entry("players", "ann", "x").number, place->x.value / 1000.0);
}

TEST_F(WorldKeepingTest, ALeaverIsSavedWithAllThatItDidUntilThen) {
  open_market();
  ann_plays();
  shop(1, "buy", "sword");
  room().step(2);
  shop(1, "buy", "potion");
  room().step();
  room().room.on_link_closed(room().players.at(1).slot, {1}, protocol::kCloseConsented);
  room().players.erase(1);
  settle();
  EXPECT_TRUE(keeper.save(kAnn).release);
  EXPECT_EQ(keeper.sheet(kAnn).coins, 76);
  EXPECT_EQ(keeper.moved(LedgerSource::Shop, "coins"), 24);
}

TEST_F(WorldKeepingTest, WhoLeavesInAFightStaysForAWhile) {
  content::GameContent game = test::market_game(20);
  game.monsters[0].max_hp = 10'000;
  content::RoomKindDef def = test::world_def();
  def.world->combat_logout_ms = 2'000;
  open_kept(std::move(game), test::field_map(), def);
  ann_plays();
  play(2, "bob", kept(kBob));
  settle();
  get_into_a_fight(1);
  room().room.on_link_closed(room().players.at(1).slot, {1}, protocol::kCloseConsented);
  room().players.erase(1);
  settle(10);
  EXPECT_EQ(client(2).keys("players"), (Texts{"ann", "bob"}));
  const std::size_t saves = keeper.history[kAnn].size();
  settle(40);
  EXPECT_EQ(client(2).keys("players"), Texts{"bob"});
  EXPECT_EQ(keeper.history[kAnn].size(), saves + 1);
  EXPECT_TRUE(keeper.save(kAnn).release);
}

TEST_F(WorldKeepingTest, ABodyThatLingersGoesWhenItsPlayerComesAnew) {
  content::GameContent game = test::market_game(20);
  game.monsters[0].max_hp = 10'000;
  open_kept(std::move(game), test::field_map());
  ann_plays();
  get_into_a_fight(1);
  room().room.on_link_closed(room().players.at(1).slot, {1}, protocol::kCloseConsented);
  room().players.erase(1);
  settle();
  const std::size_t saves = keeper.history[kAnn].size();
  room().room.expel_account({kAnn + 1'000'000}, "again");
  settle();
  EXPECT_EQ(keeper.history[kAnn].size(), saves + 1);
  EXPECT_TRUE(keeper.save(kAnn).release);
}

TEST_F(WorldKeepingTest, ACharacterThatCannotBeReadIsLeftAlone) {
  open_market();
  JoinOptions options = kept(kAnn);
  Arrival arrival = *options.arrival;
  arrival.sheet = {9, 9, 9};
  options.arrival = std::make_shared<const Arrival>(arrival);
  ASSERT_TRUE(room().room.reserve_seat("ann", options));
  EXPECT_FALSE(room().room.connect({1}, {.room_id = "room1", .session_id = "ann", .reconnection_token = {}}).accepted);
  settle();
  EXPECT_FALSE(keeper.saves.contains(kAnn));
}

TEST_F(WorldKeepingTest, WhatTheContentDoesNotKnowStaysInTheSheet) {
  open_market();
  sim::CharacterSheet sheet;
  sheet.bag = {{"relic", 3, 0, false, 0, 0}};
  Cut cut;
  cut.moves.push_back({owner_of(LedgerSource::Loot),
                       owner_of(CharacterId{kAnn}),
                       std::string_view("relic"),
                       3,
                       0,
                       LedgerSource::Loot,
                       {}});
  cut.saves.push_back({{{kAnn}, {1}, 1}, sim::save_sheet(sheet), 1, "field", true});
  keeper.store(cut);
  play(1, "ann", kept(kAnn));
  room().say(1, "talk", test::text_payload("npcId", "smith"));
  settle();
  ASSERT_EQ(keeper.history[kAnn].size(), 2u);
  EXPECT_EQ(keeper.sheet(kAnn).bag, sheet.bag);
}

TEST_F(WorldKeepingTest, ARoomThatEndsKeepsEverybodyFirst) {
  open_market();
  ann_plays();
  shop(1, "buy", "sword");
  room().step();
  room().room.drain();
  room().room.dispose();
  EXPECT_FALSE(room().room.finished());
  while (keeper.commit(room().room)) {
  }
  EXPECT_TRUE(room().room.finished());
  EXPECT_TRUE(keeper.save(kAnn).release);
  EXPECT_EQ(keeper.sheet(kAnn).coins, 80);
}

TEST_F(WorldKeepingTest, ATravellerIsCommittedBeforeItsSeatIsSought) {
  content::MapDef map = *test::field_map();
  map.portals = {{"gate", {{units(1060), units(900)}, {units(1200), units(1100)}}, "cave", "entrance"}};
  map.content_hash = content::content_hash(map);
  content::RoomKindDef def = test::world_def();
  def.world->maps = {"field", "cave"};
  open_kept(test::market_game(0), std::make_shared<const content::MapDef>(std::move(map)), def);
  ann_plays();
  room().say(1, "move", test::move_payload(1, 0, 1));
  room().step(7);
  ASSERT_FALSE(keeper.waiting.empty());
  EXPECT_TRUE(room().travel.requests.empty());
  settle();
  ASSERT_EQ(room().travel.requests.size(), 1u);
  const Arrival& arrival = *room().travel.requests[0].arrival;
  EXPECT_EQ(arrival.lease.character, CharacterId{kAnn});
  EXPECT_EQ(arrival.sheet, keeper.save(kAnn).sheet);
  EXPECT_EQ(keeper.save(kAnn).map, "cave");
  EXPECT_FALSE(keeper.save(kAnn).release) << "the lease goes along";
  room().room.seat_found("ann", nullptr);
  settle();
  EXPECT_EQ(client(1).keys("players"), Texts{"ann"});
  shop(1, "buy", "potion");
  settle();
  EXPECT_EQ(keeper.sheet(kAnn).coins, 96);
  EXPECT_EQ(keeper.save(kAnn).map, "field");
}

}  // namespace
}  // namespace throng::room
