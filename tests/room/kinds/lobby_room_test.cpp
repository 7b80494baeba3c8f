#include "room/kinds/lobby_room.h"

#include <gtest/gtest.h>

#include "protocol/codes.h"
#include "room/logic_room.h"

namespace throng::room {
namespace {

using Texts = std::vector<std::string>;

RoomListing listing(const std::string& id, const std::string& name, const std::string& metadata = "{}") {
  RoomListing made;
  made.room_id = id;
  made.name = name;
  made.process_id = "process";
  made.clients = 3;
  made.max_clients = 10;
  made.metadata = metadata;
  return made;
}

class LobbyRoomTest : public ::testing::Test {
 protected:
  static content::RoomKindDef def() {
    content::RoomKindDef def;
    def.name = "lobby";
    def.kind = content::RoomKind::Lobby;
    return def;
  }
  void list(const RoomListing& one) {
    room.listings[one.room_id] = one;
    room.room.directory_changed({one.room_id, one});
  }
  void remove(const std::string& id) {
    room.listings.erase(id);
    room.room.directory_changed({id, std::nullopt});
  }
  void filter(std::uint64_t link, const test::Bytes& payload) {
    room.clock.advance(std::chrono::seconds(1));
    room.say(link, "filter", payload);
  }
  /// What the client was told, in short: "rooms a b", "+ a", "- a".
  Texts told(std::uint64_t link) {
    Texts all;
    for (const test::Bytes& frame : room.transport.to({link}, protocol::Opcode::RoomData))
      all.push_back(in_short(frame));
    return all;
  }
  static std::string in_short(const test::Bytes& frame) {
    const test::Bytes payload = test::payload_of(frame);
    protocol::MsgpackDocument document;
    EXPECT_TRUE(document.parse(payload));
    const protocol::MsgpackValue root = document.root();
    std::string text = test::type_of(frame);
    if (root.is_string()) return text + " " + std::string(*root.as_string());
    if (text == "+") return text + " " + std::string(*root.at(0).as_string());
    for (std::size_t i = 0; i < root.size(); ++i) text += " " + std::string(*root.at(i).find("roomId")->as_string());
    return text;
  }

  test::LogicRoom room{def(), [](RoomControl& control) { return make_lobby_room(control); }};
};

TEST_F(LobbyRoomTest, TellsWhichRoomsThereAreOnceTheClientHasAcknowledged) {
  list(listing("b", "arena"));
  list(listing("a", "world"));
  room.enter(1, "ann");
  EXPECT_EQ(told(1), Texts{"rooms a b"});
}

TEST_F(LobbyRoomTest, DescribesARoomAsTheSdkExpectsIt) {
  list(listing("a", "world", R"({"title":"The meadow","tags":[1,true,null]})"));
  room.enter(1, "ann");
  const test::Bytes payload = test::payload_of(room.transport.to({1}).back());
  protocol::MsgpackDocument document;
  ASSERT_TRUE(document.parse(payload));
  const protocol::MsgpackValue shown = document.root().at(0);
  EXPECT_EQ(shown.find("name")->as_string(), "world");
  EXPECT_EQ(shown.find("clients")->as_integer(), 3);
  EXPECT_EQ(shown.find("maxClients")->as_integer(), 10);
  EXPECT_EQ(shown.find("locked")->as_bool(), false);
  EXPECT_EQ(shown.find("createdAt")->as_string(), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(shown.find("metadata")->find("title")->as_string(), "The meadow");
  EXPECT_EQ(shown.find("metadata")->find("tags")->size(), 3u);
}

TEST_F(LobbyRoomTest, TellsWhatChanges) {
  room.enter(1, "ann");
  list(listing("a", "world"));
  remove("a");
  EXPECT_EQ(told(1), (Texts{"rooms", "+ a", "- a"}));
}

TEST_F(LobbyRoomTest, ShowsOnlyRoomsOfTheNameThatWasAskedFor) {
  list(listing("a", "world"));
  list(listing("b", "arena"));
  room.enter(1, "ann");
  filter(1, test::text_payload("name", "arena"));
  list(listing("c", "world"));
  list(listing("d", "arena"));
  EXPECT_EQ(told(1), (Texts{"rooms a b", "rooms b", "+ d"}));
}

TEST_F(LobbyRoomTest, TakesBackARoomThatNoLongerFits) {
  list(listing("a", "world", R"({"mode":"duel"})"));
  room.enter(1, "ann");
  ByteWriter wanted;
  protocol::MsgpackWriter(wanted).map(1).key("metadata").map(1).key("mode").string("duel");
  filter(1, wanted.take());
  list(listing("a", "world", R"({"mode":"party"})"));
  list(listing("a", "world", R"({"mode":"party"})"));
  list(listing("a", "world", R"({"mode":"duel"})"));
  EXPECT_EQ(told(1), (Texts{"rooms a", "rooms a", "- a", "+ a"}));
}

TEST_F(LobbyRoomTest, ShowsOnlyRoomsWhoseMetadataFits) {
  list(listing("a", "world", R"({"mode":"duel","level":3})"));
  list(listing("b", "world", R"({"mode":"party","level":3})"));
  room.enter(1, "ann");
  ByteWriter wanted;
  protocol::MsgpackWriter(wanted).map(1).key("metadata").map(1).key("mode").string("duel");
  filter(1, wanted.take());
  EXPECT_EQ(told(1).back(), "rooms a");
  filter(1, {0x80});
  EXPECT_EQ(told(1).back(), "rooms a b");
}

TEST_F(LobbyRoomTest, KeepsTheFiltersOfItsClientsApart) {
  room.enter(1, "ann");
  room.enter(2, "bob");
  filter(1, test::text_payload("name", "arena"));
  list(listing("a", "world"));
  EXPECT_EQ(told(1), (Texts{"rooms", "rooms"}));
  EXPECT_EQ(told(2), (Texts{"rooms", "+ a"}));
}

TEST_F(LobbyRoomTest, NeverNamesAPrivateRoomOrALobby) {
  RoomListing secret = listing("secret", "world");
  secret.is_private = true;
  RoomListing other = listing("other", "lobby");
  other.is_lobby = true;
  list(secret);
  room.enter(1, "ann");
  list(secret);
  list(other);
  remove("secret");
  EXPECT_EQ(told(1), Texts{"rooms"});
}

TEST_F(LobbyRoomTest, RefusesOtherMessagesAndBytesThatMakeNoSense) {
  room.enter(1, "ann");
  room.say(1, "move", test::move_payload(0, 0));
  EXPECT_EQ(test::error_code_of(room.transport.to({1}).back()), protocol::kErrorInvalidMessage);
  filter(1, {0xc1});
  EXPECT_EQ(test::error_code_of(room.transport.to({1}).back()), protocol::kErrorInvalidMessage);
  filter(1, test::move_payload(0, 0));  // fields that it does not know
  EXPECT_EQ(told(1).back(), "rooms");
}

TEST_F(LobbyRoomTest, ForgetsWhoHasLeft) {
  const SessionSlot slot = room.enter(1, "ann").slot;
  room.room.on_frame(slot, {1}, test::leave_frame());
  const std::size_t frames = room.transport.to({1}).size();
  list(listing("a", "world"));
  EXPECT_EQ(room.transport.to({1}).size(), frames);
}

}  // namespace
}  // namespace throng::room
