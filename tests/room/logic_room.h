#pragma once
// A Room with the logic of a real kind, and clients that decode it.

#include <map>
#include <memory>
#include <string>
#include <unordered_map>

#include "room/decoding_client.h"
#include "room/room.h"

namespace throng::room::test {

struct Player {
  SessionSlot slot{};
  DecodingClient client;
};

class LogicRoom {
 public:
  LogicRoom(const content::RoomKindDef& def, const MakeLogic& make_logic, Keeper* keeper = nullptr,
            PostOffice* post_office = nullptr, PartyRegistry* parties = nullptr)
      : room({.room_id = "room1", .process_id = "process", .filter = "", .permanent = true}, def,
             RoomContext{clock, transport, directory, listings, scratch, &travel, keeper, nullptr, nullptr, post_office,
                         parties},
             make_logic) {}

  /// Seat, socket and acknowledgement.
  Player& enter(std::uint64_t link, const std::string& session, JoinOptions options = {}) {
    EXPECT_TRUE(room.reserve_seat(session, std::move(options)));
    const Connected connected =
        room.connect({link}, {.room_id = "room1", .session_id = session, .reconnection_token = {}});
    EXPECT_TRUE(connected.accepted);
    room.on_frame(connected.slot, {link}, ack_frame());
    Player& player = players[link];
    player = Player{connected.slot, DecodingClient(link)};
    return player;
  }
  /// The session of a link, which is closed, comes back by another one; its client goes on reading there.
  void come_back(std::uint64_t link, std::uint64_t by, const std::string& session) {
    Player& player = players.at(link);
    const std::string token = token_of(transport.to({link}).front());
    const Connected connected = room.connect(
        {by}, {.room_id = "room1", .session_id = session, .reconnection_token = token, .skip_handshake = true});
    ASSERT_TRUE(connected.accepted);
    room.on_frame(player.slot, {by}, ack_frame());
    player.client.use_link(by);
  }
  void say(std::uint64_t link, std::string_view type, const Bytes& payload) {
    room.on_frame(players.at(link).slot, {link}, data_frame(type, payload));
  }
  /// Ticks, sends the patches, and lets everybody read.
  void step(int times = 1) {
    for (int i = 0; i < times; ++i) {
      clock.advance(room.tick_interval());
      room.tick();
      while (room.flush_group()) {
      }
    }
    for (auto& [link, player] : players) player.client.read(transport);
  }
  std::vector<std::string> texts(std::uint64_t link, const std::string& type, const std::string& key) {
    return transport.texts({link}, type, key);
  }

  ManualClock clock;
  RecordingTransport transport;
  RecordingDirectory directory;
  RecordingTravel travel;
  std::unordered_map<std::string, RoomListing> listings;
  FrameBuffer scratch;
  std::map<std::uint64_t, Player> players;  // by link
  Room room;
};

}  // namespace throng::room::test
