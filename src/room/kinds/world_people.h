#pragma once
// What players do with each other beside the world: chat, lists of friends, leaderboards.

#include <array>
#include <vector>

#include "base/metrics.h"
#include "protocol/messages/friend.h"
#include "protocol/messages/leaderboard.h"
#include "protocol/wire/msgpack.h"
#include "room/kinds/world_keeping.h"
#include "room/kinds/world_members.h"
#include "sim/world.h"

namespace throng::room {

/// Room's thread; what it refers to outlives it.
class WorldPeople {
 public:
  WorldPeople(RoomControl& control, WorldMembers& members, const sim::World& world, WorldKeeping& keeping)
      : control_(control), members_(members), world_(world), keeping_(keeping) {}

  /// @param heard  set when the line reached somebody else
  MessageVerdict chat(SessionSlot slot, const protocol::ClientFrame& frame, bool& heard);
  MessageVerdict befriend(SessionSlot slot, const protocol::ClientFrame& frame);
  MessageVerdict leaderboard(SessionSlot slot, const protocol::ClientFrame& frame);

 private:
  struct Place {
    std::int64_t value = 0;
    sim::PlayerKey key;
  };
  struct Board {
    Tick made;                  ///< 0: never
    std::vector<Place> places;  ///< best first; bound: the seats of the room
  };

  enum class Channel { Say, Zone, Party, Whisper };
  bool hears(Channel channel, const Member& speaker, const Member& listener) const;
  bool deliver(Channel channel, SessionSlot from, std::string_view line, std::string_view channel_name);
  MessageVerdict whisper(SessionSlot from, std::string_view to, std::string_view line, bool& heard);
  void send_line(SessionSlot from, SessionSlot to, std::string_view line, std::string_view channel);
  void send_circle(SessionSlot slot);
  void make_board(protocol::LeaderboardKind kind);

  RoomControl& control_;
  WorldMembers& members_;
  const sim::World& world_;
  WorldKeeping& keeping_;
  const std::array<CounterSeries, 4> lines_{
      series(CounterFamily::ChatLines, {"say"}), series(CounterFamily::ChatLines, {"zone"}),
      series(CounterFamily::ChatLines, {"party"}), series(CounterFamily::ChatLines, {"whisper"})};  ///< by Channel
  std::array<Board, protocol::kLeaderboardWords.size()> boards_;
  protocol::MsgpackDocument scratch_;
};

}  // namespace throng::room
