#include "protocol/messages/server_messages.h"

#include <set>

#include <gtest/gtest.h>

#include "protocol/messages/world_events.h"
#include "protocol/vectors.h"

namespace throng::protocol {
namespace {

using nlohmann::json;

template <class Message>
json encoded(const Message& message) {
  ByteWriter bytes;
  MsgpackWriter writer(bytes);
  encode(writer, message);
  return json::from_msgpack(bytes.raw());  // refuses what is cut short or has too much
}

/// Every key that is sent is described, and every described key that is not optional is sent.
void expect_described(const json& payload, std::string_view type_name) {
  for (const PayloadTypeInfo& type : payload_types()) {
    if (type.name != type_name) continue;
    std::set<std::string> described;
    for (const PayloadFieldInfo& field : type.fields) {
      described.insert(std::string(field.name));
      EXPECT_TRUE(field.optional || payload.contains(field.name)) << type_name << "." << field.name;
    }
    for (const auto& [key, value] : payload.items()) EXPECT_TRUE(described.contains(key)) << type_name << "." << key;
    return;
  }
  FAIL() << type_name << " is not described";
}

TEST(ServerMessages, AreSentAsDescribed) {
  expect_described(encoded(ChatLine{"s1", "Ann", "hi", "room"}), "ChatLine");
  expect_described(encoded(Notice{"Welcome"}), "Notice");
  const std::vector<WorldEventRow> events = {{"fair", "Fair", "Stalls and songs."}};
  expect_described(encoded(std::span<const WorldEventRow>(events))[0], "WorldEvent");
  expect_described(encoded(ErrorNotice{"text_length", "too long", "chat"}), "ErrorNotice");
  expect_described(encoded(SeatReservation{"world", "s", "r", "p", "a.example:1"}), "SeatReservation");
  expect_described(encoded(RoomListing{.room_id = "r", .public_address = "a.example:1"}), "RoomListing");
}

TEST(ServerMessages, SeatHasBothShapes) {
  const json seat = encoded(SeatReservation{"world", "s1", "r1", "p1", std::nullopt});
  EXPECT_EQ(seat, json::parse(R"({"sessionId":"s1","name":"world","roomId":"r1","processId":"p1",
                                  "room":{"name":"world","roomId":"r1","processId":"p1"}})"));
}

TEST(ServerMessages, ListingCarriesMetadataThatWasEncodedBefore) {
  const std::vector<std::uint8_t> metadata = json::to_msgpack({{"map", "meadow"}});
  const json listing =
      encoded(RoomListing{.room_id = "r1", .name = "world", .clients = 3, .metadata_msgpack = metadata});
  EXPECT_EQ(listing["metadata"], json({{"map", "meadow"}}));
  EXPECT_EQ(listing["clients"], 3);
  EXPECT_TRUE(listing["maxClients"].is_null());
}

TEST(ServerMessages, LobbyChangeIsAPair) {
  ByteWriter bytes;
  MsgpackWriter writer(bytes);
  encode_room_changed(writer, RoomListing{.room_id = "r1", .clients_max = 20});
  const json change = json::from_msgpack(bytes.raw());
  ASSERT_EQ(change.size(), 2u);
  EXPECT_EQ(change[0], "r1");
  EXPECT_EQ(change[1]["maxClients"], 20);
}

TEST(ServerMessages, PayloadsNameTypesThatExist) {
  for (const ServerMessageInfo& message : server_messages()) {
    bool known = message.payload == "string";
    for (const PayloadTypeInfo& type : payload_types())
      known = known || message.payload.find(type.name) != std::string_view::npos;
    EXPECT_TRUE(known) << message.name;
  }
}

}  // namespace
}  // namespace throng::protocol
