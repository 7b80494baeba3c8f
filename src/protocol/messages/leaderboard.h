#pragma once
// `leaderboard`: who is ahead.

#include <array>

#include "protocol/messages/message_fields.h"

namespace throng::protocol {

enum class LeaderboardKind : std::uint8_t { Level, Kills, Wealth };
inline constexpr std::array<std::string_view, 3> kLeaderboardWords = {"level", "kills", "wealth"};

struct LeaderboardMessage {
  LeaderboardKind board = LeaderboardKind::Level;
};

template <>
struct MessageFields<LeaderboardMessage> {
  static constexpr auto list =
      std::make_tuple(choice_field("board", &LeaderboardMessage::board, kLeaderboardWords, "by what"));
};

MessageInfo leaderboard_message();

}  // namespace throng::protocol
