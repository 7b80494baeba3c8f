#include "content/server/rooms_def.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/schema_files.h"

namespace throng::content {
namespace {

std::string rooms_problems(std::string_view text) {
  const Result<RoomsDef> rooms = parse_rooms(text, "rooms.json");
  return rooms ? "none" : rooms.error().message;
}

std::string room_problems(const std::string& members) {
  return rooms_problems("{\"rooms\": {\"a\": {" + members + "}}}");
}

RoomKindDef room(const std::string& members) {
  const Result<RoomsDef> rooms = parse_rooms("{\"rooms\": {\"a\": {" + members + "}}}", "rooms.json");
  EXPECT_TRUE(rooms.has_value()) << rooms.error().message;
  return rooms->rooms[0];
}

TEST(RoomsFile, AKindAloneTakesTheDefaultsOfItsKind) {
  const RoomKindDef world = room("\"kind\": \"world\"");
  EXPECT_EQ(world.max_clients, 1000);
  EXPECT_EQ(world.ticks_per_patch(), 1);
  ASSERT_TRUE(world.world.has_value());
  EXPECT_EQ(world.world->default_map, "meadow");
  EXPECT_FALSE(world.mmo.has_value());
  EXPECT_FALSE(room("\"kind\": \"lobby\"").world.has_value());
  EXPECT_TRUE(room("\"kind\": \"mmo\"").mmo.has_value());
}

TEST(RoomsFile, ReadsEverySetting) {
  const RoomKindDef def = room(
      R"("kind": "world", "max_clients": 2, "private": true, "auto_dispose": false, "auto_dispose_after_ms": 9,
         "keep_at_least_one": true, "tick_rate_hz": 30, "patch_rate_hz": 15, "interest": {"radius_units": 300},
         "patch_bytes_max": 2048, "seat_timeout_ms": 1000, "reconnect_grace_ms": 0, "slow_client": {"close_after_ms": 700},
         "messages_per_s_max": 5, "message_rates": {"move": {"per_s": 30, "burst": 40}}, "entities_max": 100,
         "world": {"maps": ["x", "y"], "default_map": "y", "player_speed_units_per_s": 99.5},
         "metadata": {"mode": [1, {"deep": true}]})");
  EXPECT_TRUE(def.is_private);
  EXPECT_FALSE(def.auto_dispose);
  EXPECT_EQ(def.ticks_per_patch(), 2);
  EXPECT_EQ(def.interest.radius_units, 300);
  EXPECT_EQ(def.interest.margin_units, 32);
  EXPECT_EQ(def.slow_client.close_after_ms, 700);
  ASSERT_NE(def.message_rate("move"), nullptr);
  EXPECT_EQ(def.message_rate("move")->burst, 40);
  EXPECT_EQ(def.message_rate("chat"), nullptr);
  EXPECT_EQ(def.world->default_map, "y");
  EXPECT_EQ(def.world->player_speed, Milliunits{99'500});
  EXPECT_EQ(def.metadata, R"({"mode":[1,{"deep":true}]})");
}

TEST(RoomsFile, TheFirstMapIsTheDefault) {
  EXPECT_EQ(room(R"("kind": "world", "world": {"maps": ["caves", "meadow"]})").world->default_map, "caves");
}

TEST(RoomsFile, ChecksWhatMustHoldBetweenFields) {
  EXPECT_THAT(room_problems(R"("kind": "world", "tick_rate_hz": 20, "patch_rate_hz": 15)"),
              testing::HasSubstr("found patch_rate_hz 15, expected a divisor of tick_rate_hz 20"));
  EXPECT_THAT(room_problems(R"("kind": "lobby", "world": {})"),
              testing::HasSubstr("found options \"world\" in a room of another kind"));
  EXPECT_THAT(room_problems(R"("kind": "world", "world": {"maps": ["a"], "default_map": "b"})"),
              testing::HasSubstr("$.rooms.a.world: found default_map \"b\", expected one of the names in maps"));
  EXPECT_THAT(room_problems(R"("kind": "world", "world": {"maps": ["a", "a"]})"),
              testing::HasSubstr("\"a\" twice in maps"));
  EXPECT_THAT(room_problems(R"("kind": "mmo", "entities_max": 1000, "mmo": {"monsters": 1})"),
              testing::HasSubstr("found entities_max 1000, expected at least 1001"));
}

TEST(RoomsFile, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(room_problems("\"max_clients\": 0"),
            "rooms.json:1:17: $.rooms.a: found no member \"kind\", expected one\n"
            "rooms.json:1:33: $.rooms.a.max_clients: found 0, expected an integer from 1 to 10000");
  EXPECT_THAT(room_problems("\"kind\": \"world\", \"interest\": 4"),
              testing::HasSubstr("$.rooms.a.interest: found 4, expected an object"));
  EXPECT_THAT(rooms_problems(R"({"rooms": {"bad name": {"kind": "world"}}})"),
              testing::HasSubstr("found the key \"bad name\""));
  EXPECT_THAT(rooms_problems(R"({"rooms": {}})"), testing::HasSubstr("expected at least 1"));
  EXPECT_THAT(room_problems("\"kind\": \"world\", \"metadata\": {\"x\": \"" + std::string(5000, 'y') + "\"}"),
              testing::HasSubstr("expected at most 4096 bytes"));
}

TEST(RoomsFile, BoundsTheNumberOfRooms) {
  std::string text = "{\"rooms\": {\"r\": {\"kind\": \"world\"}";
  for (int i = 0; i < kRoomKindsMax; ++i) text += ", \"r" + std::to_string(i) + "\": {\"kind\": \"world\"}";
  EXPECT_THAT(rooms_problems(text + "}}"), testing::HasSubstr("found one entry too many"));
}

TEST(RoomsFile, ShippedFilesAreValid) {
  const Result<RoomsDef> shipped = parse_rooms(shipped_file("config/server/rooms.json"), "config/server/rooms.json");
  ASSERT_TRUE(shipped.has_value()) << shipped.error().message;
  EXPECT_NE(shipped->find("world"), nullptr);
  EXPECT_NE(shipped->find("lobby"), nullptr);
  const Result<RoomsDef> bench =
      parse_rooms(shipped_file("config/bench/server/rooms.json"), "config/bench/server/rooms.json");
  ASSERT_TRUE(bench.has_value()) << bench.error().message;
  ASSERT_NE(bench->find("mmo"), nullptr);
  EXPECT_EQ(bench->find("mmo")->max_clients, 10'000);
  EXPECT_EQ(bench->find("mmo")->patch_bytes_max, 65'536);
}

TEST(RoomsFile, CommittedSchemaIsTheGeneratedOne) { expect_schema_is_committed("rooms", json_schema_for_rooms()); }

}  // namespace
}  // namespace throng::content
