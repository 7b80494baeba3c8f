#include "room/kinds/world_travel.h"

#include "protocol/codes.h"
#include "room/kinds/played_world.h"

namespace throng::room {
namespace {

using Texts = std::vector<std::string>;

/// A field with two ways out, east and west of the middle where everybody appears: to the cave, and to a map that this
/// server does not have.
class WorldTravelTest : public test::PlayedWorld {
 protected:
  WorldTravelTest() {
    content::MapDef map = *test::field_map();
    map.portals = {
        {"gate", {{units(1060), units(900)}, {units(1200), units(1100)}}, "cave", "entrance"},
        {"hole", {{units(800), units(900)}, {units(990), units(1100)}}, "nowhere", ""},
    };
    map.content_hash = content::content_hash(map);
    const auto field = std::make_shared<const content::MapDef>(std::move(map));
    content::GameContent game = test::slime_game();
    content::ItemDef potion;
    potion.id = potion.name = "potion";
    potion.stack_max = 10;
    game.items = {potion};
    game.maps["field"] = field;
    content::RoomKindDef def = test::world_def();
    def.world->maps = {"field", "cave"};
    def.seat_timeout_ms = 3000;
    open(def, content::link_by_hand(std::move(game)), field);
  }
  /// Link `link` walks until it is in a portal.
  void walk(std::uint64_t link, int east) {
    room().say(link, "move", test::move_payload(east, 0, 1));
    room().step(7);
  }
  std::vector<TravelRequest>& requests() { return room().travel.requests; }
  static TravelSeat seat() { return {"world", "seat1", "room2", "process", ""}; }
  void come_back(std::uint64_t old_link, std::uint64_t link, const std::string& token) {
    const Connected connected = room().room.connect(
        {link}, {.room_id = "room1", .session_id = "ann", .reconnection_token = token, .skip_handshake = true});
    ASSERT_TRUE(connected.accepted);
    room().room.on_frame(room().players.at(old_link).slot, {link}, test::ack_frame());
    room().step();
  }
};

TEST_F(WorldTravelTest, TheCharacterLeavesItsWorldAtThePortal) {
  play(1, "ann");
  const test::DecodingClient& bob = play(2, "bob");
  room().step(4);
  ASSERT_EQ(bob.keys("players"), (Texts{"ann", "bob"}));
  walk(1, 1);
  ASSERT_EQ(requests().size(), 1u);
  EXPECT_EQ(requests()[0].map, "cave");
  EXPECT_EQ(requests()[0].room_name, "world");
  EXPECT_EQ(requests()[0].from_room_id, "room1");
  EXPECT_EQ(requests()[0].session_id, "ann");
  EXPECT_EQ(requests()[0].arrival->name, "ann");
  EXPECT_EQ(requests()[0].arrival->spawn, "entrance");
  EXPECT_EQ(bob.keys("players"), Texts{"bob"});
}

TEST_F(WorldTravelTest, TheTravellerIsToldItsSeatAndDismissedWhenItsTimeIsUp) {
  play(1, "ann");
  walk(1, 1);
  const TravelSeat found = seat();
  room().room.seat_found("ann", &found);
  EXPECT_EQ(room().texts(1, "travel", "sessionId"), Texts{"seat1"});
  EXPECT_EQ(room().texts(1, "travel", "roomId"), Texts{"room2"});
  room().step(80);
  EXPECT_EQ(room().transport.close_code({1}), protocol::kCloseConsented);
}

TEST_F(WorldTravelTest, WithoutASeatTheCharacterStandsInItsWorldAgain) {
  const test::DecodingClient& ann = play(1, "ann");
  walk(1, 1);
  room().room.seat_found("ann", nullptr);
  room().step(3);
  EXPECT_EQ(ann.keys("players"), Texts{"ann"});
  EXPECT_EQ(ann.me("x"), 1024);
  EXPECT_EQ(ann.entry("players", "ann", "id").number, ann.me("entityId"));
  EXPECT_TRUE(room().texts(1, "travel", "sessionId").empty());
  EXPECT_EQ(room().texts(1, "notice", "text").size(), 1u);
}

TEST_F(WorldTravelTest, ASeatThatNobodyAskedForIsNoMatter) {
  const test::DecodingClient& ann = play(1, "ann");
  const TravelSeat found = seat();
  room().room.seat_found("ann", &found);
  room().room.seat_found("ann", nullptr);
  room().room.seat_found("nobody", &found);
  room().step(80);
  EXPECT_EQ(ann.keys("players"), Texts{"ann"});
  EXPECT_TRUE(room().texts(1, "travel", "sessionId").empty());
  EXPECT_TRUE(room().texts(1, "notice", "text").empty());
}

TEST_F(WorldTravelTest, AWayToAMapThatTheServerDoesNotHaveIsClosed) {
  const test::DecodingClient& ann = play(1, "ann");
  walk(1, -1);
  EXPECT_TRUE(requests().empty());
  EXPECT_EQ(ann.keys("players"), Texts{"ann"});
  EXPECT_EQ(room().texts(1, "notice", "text"), Texts{"This way is closed."});
}

TEST_F(WorldTravelTest, TheSheetArrivesAndGoesOnIntact) {
  sim::CharacterSheet sheet;
  sheet.coins = 77;
  sheet.hp = 60;
  sheet.bag = {{.item = "potion", .count = 3, .durability = 0, .bound = false, .slot = 0}};
  const test::DecodingClient& ann = play(1, "ann", arriving("Ann", sheet));
  EXPECT_EQ(ann.me("coins"), 77);
  EXPECT_EQ(ann.entry("players", "ann", "name").text, "Ann");
  walk(1, 1);
  ASSERT_EQ(requests().size(), 1u);
  const Result<sim::CharacterSheet> taken = sim::restore_sheet(requests()[0].arrival->sheet);
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_EQ(taken->coins, 77);
  EXPECT_EQ(taken->bag, sheet.bag);
  EXPECT_GE(taken->hp, 60);
  EXPECT_LE(taken->hp, 70);  // regeneration on the way
}

TEST_F(WorldTravelTest, WhoItLikesAndIgnoresComesAlong) {
  play(1, "ann");
  play(2, "bob");
  play(3, "cid");
  room().say(1, "friend", texts_payload({{"action", "add"}, {"targetId", "bob"}}));
  room().say(1, "friend", texts_payload({{"action", "ignore"}, {"targetId", "cid"}}));
  walk(1, 1);
  ASSERT_EQ(requests().size(), 1u);
  EXPECT_EQ(requests()[0].arrival->friends, (std::vector<Acquaintance>{{{}, "bob"}}));
  EXPECT_EQ(requests()[0].arrival->ignored, (std::vector<Acquaintance>{{{}, "cid"}}));
}

TEST_F(WorldTravelTest, NobodyBringsACharacterByJoinOptions) {
  JoinOptions options = named("ann");
  for (const char* key : {"arrival", "sheet", "spawn", "coins", "friends"}) options.add(key, std::string("1000000"));
  options.add("coins", 1'000'000.0);
  const test::DecodingClient& ann = play(1, "ann", options);
  EXPECT_EQ(ann.me("coins"), 0);
  EXPECT_EQ(ann.entry("players", "ann", "level").number, 1);
}

TEST_F(WorldTravelTest, ASheetThatCannotBeReadIsANewCharacter) {
  JoinOptions options;
  options.arrival = std::make_shared<const Arrival>(
      Arrival{.name = "Ann", .spawn = "gone", .sheet = {1, 2, 3}, .friends = {}, .ignored = {}});
  const test::DecodingClient& ann = play(1, "ann", options);
  EXPECT_EQ(ann.me("coins"), 0);
  EXPECT_EQ(ann.me("x"), 1024);
}

TEST_F(WorldTravelTest, WhoComesBackInTheMiddleOfATravelIsToldTheWayAgain) {
  play(1, "ann");
  walk(1, 1);
  const std::string token = test::token_of(room().transport.to({1}).front());
  const TravelSeat found = seat();
  room().room.seat_found("ann", &found);
  room().room.on_link_closed(room().players.at(1).slot, {1}, 1006);  // maybe before it was read
  room().step();
  come_back(1, 5, token);
  EXPECT_EQ(room().texts(5, "travel", "sessionId"), Texts{"seat1"});
}

TEST_F(WorldTravelTest, WhoWasAwayWhenTheSeatWasFoundIsToldOnce) {
  play(1, "ann");
  walk(1, 1);
  const std::string token = test::token_of(room().transport.to({1}).front());
  room().room.on_link_closed(room().players.at(1).slot, {1}, 1006);
  const TravelSeat found = seat();
  room().room.seat_found("ann", &found);
  room().step();
  come_back(1, 5, token);
  EXPECT_EQ(room().texts(5, "travel", "sessionId"), Texts{"seat1"});
}

TEST_F(WorldTravelTest, WhoComesBackBeforeTheSeatIsFoundIsToldWhenItIs) {
  play(1, "ann");
  walk(1, 1);
  const std::string token = test::token_of(room().transport.to({1}).front());
  room().room.on_link_closed(room().players.at(1).slot, {1}, 1006);
  come_back(1, 5, token);
  EXPECT_TRUE(room().texts(5, "travel", "sessionId").empty());
  const TravelSeat found = seat();
  room().room.seat_found("ann", &found);
  room().step();
  EXPECT_EQ(room().texts(5, "travel", "sessionId"), Texts{"seat1"});
}

TEST_F(WorldTravelTest, WhoLeavesInTheMiddleOfATravelIsNoMatter) {
  play(1, "ann");
  const test::DecodingClient& bob = play(2, "bob");
  walk(1, 1);
  room().room.on_frame(room().players.at(1).slot, {1}, test::leave_frame());
  room().room.seat_found("ann", nullptr);
  room().step(4);
  EXPECT_EQ(bob.keys("players"), Texts{"bob"});
}

}  // namespace
}  // namespace throng::room
