#include "gateway/match_json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace throng::gateway {
namespace {

using nlohmann::json;

const Seat kSeat{
    .name = "world", .session_id = "sess", .room_id = "room", .process_id = "proc", .clients = 2, .max_clients = 10};

TEST(SeatJson, ServesEveryGenerationOfSdks) {
  EXPECT_EQ(json::parse(seat_json(kSeat, "")), json::parse(R"({
    "name": "world", "sessionId": "sess", "roomId": "room", "processId": "proc",
    "room": {"name": "world", "roomId": "room", "processId": "proc", "clients": 2, "maxClients": 10}})"));
}

TEST(SeatJson, TellsThePublicAddressInBothPlaces) {
  const json seat = json::parse(seat_json(kSeat, "play.example.org/eu"));
  EXPECT_EQ(seat.at("publicAddress"), "play.example.org/eu");
  EXPECT_EQ(seat.at("room").at("publicAddress"), "play.example.org/eu");
}

TEST(ErrorJson, HasCodeAndText) {
  EXPECT_EQ(json::parse(error_json({521, "no \"room\""})), json::parse(R"({"code": 521, "error": "no \"room\""})"));
}

TEST(ErrorJson, IsValidWhateverTheTextIs) { EXPECT_EQ(json::parse(error_json({520, "bad \xff\xfe"})).at("code"), 520); }

}  // namespace
}  // namespace throng::gateway
