#pragma once
// `move`: where a player wants to go. In `world` a direction that holds until the next one; in `mmo`, the room of the
// benchmarks, the place itself.

#include "protocol/messages/message_fields.h"

namespace throng::protocol {

/// Stick deflection: longer than 1 is shortened by the world; 0, 0 stops.
struct MoveMessage {
  double x = 0;  ///< to the east, [-1, 1]
  double y = 0;  ///< to the south, [-1, 1]
  /// Counts the client's moves and comes back as `me.seq`; wraps at 2^32. Absent: the server counts.
  std::optional<std::uint32_t> seq;
};

template <>
struct MessageFields<MoveMessage> {
  static constexpr auto list = std::make_tuple(
      number_field("x", &MoveMessage::x, -1, 1, "to the east; 0, 0 stops"),
      number_field("y", &MoveMessage::y, -1, 1, "to the south"),
      integer_field(
          "seq", &MoveMessage::seq, 0, 0xffff'ffff,
          "your own counter; comes back as `me.seq` when the move has been applied; absent: the server counts"));
};

/// Largest coordinate that can be asked for, world units.
inline constexpr double kMoveCoordinateMax = 1'000'000;

struct MoveToMessage {
  double x = 0;  ///< world units
  double y = 0;
};

template <>
struct MessageFields<MoveToMessage> {
  static constexpr auto list = std::make_tuple(
      number_field("x", &MoveToMessage::x, -kMoveCoordinateMax, kMoveCoordinateMax, "east, world units"),
      number_field("y", &MoveToMessage::y, -kMoveCoordinateMax, kMoveCoordinateMax, "south, world units"));
};

MessageInfo move_message();
MessageInfo move_to_message();

}  // namespace throng::protocol
