#include "room/kinds/world_room.h"

#include <gtest/gtest.h>

#include "base/random_id.h"
#include "protocol/codes.h"
#include "protocol/state/entity_state.h"
#include "room/kinds/world_content.h"
#include "room/logic_room.h"
#include "sim/recording.h"

namespace throng::room {
namespace {

using test::DecodingClient;
using test::move_payload;
using Texts = std::vector<std::string>;

class WorldRoomTest : public ::testing::Test {
 protected:
  void open(const content::RoomKindDef& def = test::world_def(),
            std::shared_ptr<const content::MapDef> map = test::field_map()) {
    const WorldRoomSettings settings{std::move(map), test::slimes(), 11, &recording};
    rooms.emplace(def, [settings](RoomControl& control) { return make_world_room(control, settings); });
  }
  test::LogicRoom& room() { return *rooms; }
  static JoinOptions named(const std::string& name) {
    JoinOptions options;
    options.add("name", name);
    return options;
  }
  /// Link `link` is told its state.
  DecodingClient& play(std::uint64_t link, const std::string& session) {
    room().enter(link, session, named(session));
    room().step(2);
    return room().players.at(link).client;
  }

  test::KeptRecording recording;
  std::optional<test::LogicRoom> rooms;
};

TEST_F(WorldRoomTest, ShowsTheWorldToWhoeverJoins) {
  open();
  const DecodingClient& ann = play(1, "ann");
  EXPECT_EQ(ann.root_text("map"), "field");
  EXPECT_EQ(ann.root("width"), 2048);
  EXPECT_EQ(ann.root("height"), 2048);
  EXPECT_EQ(ann.root("tick"), 2);
  EXPECT_EQ(ann.root("serverTime"), static_cast<double>(room().clock.unix_milliseconds()));
  EXPECT_EQ(ann.keys("players"), Texts{"ann"});
  EXPECT_EQ(ann.entry("players", "ann", "name").text, "ann");
  EXPECT_EQ(ann.entry("players", "ann", "id").number, ann.me("entityId"));
  EXPECT_EQ(ann.entry("players", "ann", "hp").number, 100);
  EXPECT_EQ(ann.me("x"), 1024);
  EXPECT_EQ(ann.me("speed"), 160);
}

TEST_F(WorldRoomTest, ShowsTheMonstersInView) {
  open(test::world_def(), test::field_map(200));
  const DecodingClient& ann = play(1, "ann");
  const Texts monsters = ann.keys("monsters");
  ASSERT_GT(monsters.size(), 3u);
  ASSERT_LT(monsters.size(), 100u);
  EXPECT_EQ(ann.entry("monsters", monsters[0], "kind").text, "slime");
  EXPECT_EQ(ann.entry("monsters", monsters[0], "maxHp").number, 25);
  EXPECT_EQ(ann.entry("monsters", monsters[0], "level").number, 3);
}

TEST_F(WorldRoomTest, NamesGuestsWhoseWishIsNotFitToBeShown) {
  open();
  const std::string long_name(33, 'x');
  std::uint64_t link = 1;
  for (const std::string& wish : {std::string(), std::string("a\nb"), long_name, std::string("\xff\xfe")}) {
    room().enter(link, "s" + std::to_string(link), named(wish));
    ++link;
  }
  room().enter(link, "s5");
  room().step();
  for (int i = 1; i <= 5; ++i) {
    const std::string name = room().players.at(1).client.entry("players", "s" + std::to_string(i), "name").text;
    EXPECT_EQ(name.rfind("guest-", 0), 0u) << name;
  }
}

TEST_F(WorldRoomTest, WalksWhereItsPlayerSaysAndAcknowledgesTheMove) {
  open();
  const DecodingClient& ann = play(1, "ann");
  room().say(1, "move", move_payload(1, 0, 7));
  room().step();
  EXPECT_EQ(ann.me("seq"), 7);
  EXPECT_EQ(ann.me("x"), 1024 + 160.0 / 20);
  EXPECT_EQ(ann.entry("players", "ann", "x").number, ann.me("x"));
  EXPECT_EQ(ann.entry("players", "ann", "state").number, static_cast<double>(protocol::EntityState::Moving));
  room().say(1, "move", move_payload(0, 0, 8));
  room().step();
  const double x = ann.me("x");
  room().step(3);
  EXPECT_EQ(ann.me("seq"), 8);
  EXPECT_EQ(ann.me("x"), x);
  EXPECT_EQ(ann.entry("players", "ann", "state").number, static_cast<double>(protocol::EntityState::Idle));
}

TEST_F(WorldRoomTest, CountsTheMovesOfClientsThatDoNot) {
  open();
  const DecodingClient& ann = play(1, "ann");
  for (int i = 0; i < 3; ++i) room().say(1, "move", move_payload(0, 1));
  room().step();
  EXPECT_EQ(ann.me("seq"), 2);
}

TEST_F(WorldRoomTest, RefusesMovesThatNoStickCanMake) {
  open();
  play(1, "ann");
  room().say(1, "move", move_payload(1.5, 0));
  EXPECT_EQ(room().texts(1, "error", "code"), Texts{"field_out_of_range"});
  room().say(1, "move", {0xc1});
  EXPECT_EQ(test::error_code_of(room().transport.to({1}).back()), protocol::kErrorInvalidMessage);
  room().say(1, "attack", {0x80});
  EXPECT_EQ(test::error_code_of(room().transport.to({1}).back()), protocol::kErrorInvalidMessage);
}

TEST_F(WorldRoomTest, PassesChatToEverybody) {
  open();
  play(1, "ann");
  play(2, "bob");
  room().say(1, "chat", test::text_payload("message", "hello there"));
  for (const std::uint64_t link : {1u, 2u}) {
    EXPECT_EQ(room().texts(link, "chat", "message"), Texts{"hello there"});
    EXPECT_EQ(room().texts(link, "chat", "from"), Texts{"ann"});
    EXPECT_EQ(room().texts(link, "chat", "name"), Texts{"ann"});
    EXPECT_EQ(room().texts(link, "chat", "channel"), Texts{"room"});
  }
}

TEST_F(WorldRoomTest, KnowsNoOtherChatChannel) {
  open();
  play(1, "ann");
  ByteWriter payload;
  protocol::MsgpackWriter(payload).map(2).key("message").string("psst").key("channel").string("guild");
  room().say(1, "chat", payload.take());
  EXPECT_TRUE(room().texts(1, "chat", "message").empty());
  EXPECT_EQ(room().texts(1, "error", "code"), Texts{"unknown_channel"});
}

TEST_F(WorldRoomTest, LetsPlayersSeeEachOtherComeAndGo) {
  open();
  const DecodingClient& ann = play(1, "ann");
  const DecodingClient& bob = play(2, "bob");
  room().step(4);
  EXPECT_EQ(ann.keys("players"), (Texts{"ann", "bob"}));
  EXPECT_EQ(bob.keys("players"), (Texts{"ann", "bob"}));
  room().room.on_frame(room().players.at(2).slot, {2}, test::leave_frame());
  room().step();
  EXPECT_EQ(ann.keys("players"), Texts{"ann"});
}

TEST_F(WorldRoomTest, HidesWhoIsFarAway) {
  open();
  const DecodingClient& ann = play(1, "ann");
  const DecodingClient& bob = play(2, "bob");
  room().say(2, "move", move_payload(1, 0, 1));
  room().step(45);  // 360 units; radius and margin are 288
  EXPECT_EQ(ann.keys("players"), Texts{"ann"});
  EXPECT_EQ(bob.keys("players"), Texts{"bob"});
  room().say(2, "move", move_payload(-1, 0, 2));
  room().step(45);
  EXPECT_EQ(ann.keys("players"), (Texts{"ann", "bob"}));
  EXPECT_EQ(ann.entry("players", "bob", "x").number, bob.me("x"));
}

TEST_F(WorldRoomTest, StopsTheBodyOfADroppedSessionAndKeepsIt) {
  open();
  play(1, "ann");
  const DecodingClient& bob = play(2, "bob");
  room().step(4);
  const double id = bob.entry("players", "ann", "id").number;
  room().say(1, "move", move_payload(1, 0, 1));
  room().step(2);
  room().room.on_link_closed(room().players.at(1).slot, {1}, 1006);
  room().step();
  const double x = bob.entry("players", "ann", "x").number;
  room().step(10);
  EXPECT_EQ(bob.entry("players", "ann", "x").number, x);
  EXPECT_EQ(bob.entry("players", "ann", "id").number, id);
  EXPECT_EQ(bob.entry("players", "ann", "state").number, static_cast<double>(protocol::EntityState::Idle));
}

TEST_F(WorldRoomTest, GivesAReturningPlayerTheSameBodyAndACleanView) {
  open();
  DecodingClient& ann = play(1, "ann");
  play(2, "bob");
  room().step(4);
  const double id = ann.me("entityId");
  const SessionSlot slot = room().players.at(1).slot;
  const std::string token = test::token_of(room().transport.to({1}).front());
  room().room.on_link_closed(slot, {1}, 1006);
  room().room.on_frame(room().players.at(2).slot, {2}, test::leave_frame());  // while ann is away
  room().step(3);
  ASSERT_TRUE(
      room()
          .room
          .connect({3}, {.room_id = "room1", .session_id = "ann", .reconnection_token = token, .skip_handshake = true})
          .accepted);
  room().room.on_frame(slot, {3}, test::ack_frame());
  ann.use_link(3);
  room().step();
  EXPECT_EQ(ann.me("entityId"), id);
  EXPECT_EQ(ann.keys("players"), Texts{"ann"});
}

TEST_F(WorldRoomTest, LeavesNoBodyOfAPlayerWhoWentBeforeTheTick) {
  open();
  const DecodingClient& ann = play(1, "ann");
  const SessionSlot slot = room().enter(2, "bob").slot;
  room().room.on_frame(slot, {2}, test::leave_frame());
  room().step(6);
  EXPECT_EQ(ann.keys("players"), Texts{"ann"});
}

TEST_F(WorldRoomTest, ExpelsWhomTheWorldHasNoRoomFor) {
  content::RoomKindDef def = test::world_def();
  def.entities_max = 2;
  open(def);
  for (std::uint64_t link = 1; link <= 3; ++link) room().enter(link, "s" + std::to_string(link));
  room().step(2);
  EXPECT_EQ(test::error_code_of(room().transport.to({3}).back()), protocol::kErrorApplication);
  EXPECT_EQ(room().transport.close_code({3}), protocol::kCloseWithError);
  EXPECT_EQ(room().transport.close_code({2}), 0);
  EXPECT_EQ(room().players.at(1).client.keys("players").size(), 2u);
}

TEST_F(WorldRoomTest, CanBeReplayedFromItsRecording) {
  open(test::world_def(), test::field_map(50));
  play(1, "ann");
  for (std::uint32_t i = 0; i < 30; ++i) {
    room().say(1, "move", move_payload(i % 3 - 1.0, i % 2, i));
    if (i == 10) play(2, "bob");
    if (i == 20) room().room.on_frame(room().players.at(2).slot, {2}, test::leave_frame());
    room().step(3);
  }
  room().room.dispose();
  EXPECT_EQ(recording.name, "room1");
  const Result<sim::ReplaySummary> replayed = sim::replay(recording.bytes, test::field_map(50), test::slimes());
  ASSERT_TRUE(replayed) << replayed.error().message;
  EXPECT_FALSE(replayed->first_difference);
  EXPECT_FALSE(replayed->truncated);
  EXPECT_EQ(replayed->last.value, 94u);
  EXPECT_EQ(replayed->intents, 33u);
  EXPECT_GE(replayed->digests, 4u);
}

}  // namespace
}  // namespace throng::room
