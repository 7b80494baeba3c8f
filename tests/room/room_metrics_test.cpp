#include "room/room_metrics.h"

#include <gtest/gtest.h>

#include <optional>

namespace throng::room {
namespace {

double value_of(std::string_view name, std::string_view label) {
  for (const MetricReading& reading : read_metrics()) {
    if (reading.family->name != name) continue;
    for (const MetricSample& sample : reading.samples)
      if (sample.labels[0].second == label) return sample.value;
  }
  return -1;
}

TEST(RoomMetrics, MoveGaugesUpWithTheRoomAndDownWithItsEnd) {
  {
    RoomMetrics room("metered");
    RoomMetrics other("metered");
    room.seats(5);
    room.players(3);
    room.players(-1);
    room.entities(40);
    other.entities(2);
    EXPECT_EQ(value_of("throng_rooms", "metered"), 2);
    EXPECT_EQ(value_of("throng_seats", "metered"), 5);
    EXPECT_EQ(value_of("throng_players", "metered"), 2);
    EXPECT_EQ(value_of("throng_entities", "metered"), 42);
  }
  for (const char* name : {"throng_rooms", "throng_seats", "throng_players", "throng_entities"}) {
    EXPECT_EQ(value_of(name, "metered"), 0) << name;
  }
}

TEST(RoomMetrics, CountMessagesByTypesOfTheProtocolOnly) {
  RoomMetrics room("metered");
  const double moves = value_of("throng_client_messages_total", "move");
  const double others = value_of("throng_client_messages_total", "other");
  room.received("move");
  room.received("my-password");
  room.received({});
  EXPECT_EQ(value_of("throng_client_messages_total", "move"), moves + 1);
  EXPECT_EQ(value_of("throng_client_messages_total", "other"), others + 2);
  const double chats = value_of("throng_server_messages_total", "chat");
  const double changes = value_of("throng_server_messages_total", "room_change");
  room.sent("chat");
  room.sent("+");
  EXPECT_EQ(value_of("throng_server_messages_total", "chat"), chats + 1);
  EXPECT_EQ(value_of("throng_server_messages_total", "room_change"), changes + 1);
}

}  // namespace
}  // namespace throng::room
