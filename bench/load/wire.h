#pragma once
// The game protocol from the client's side: numbers and texts of the state encoding, JOIN_ROOM, and messages
// exactly as the JavaScript SDK writes them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace throng::bench {

enum class GameOpcode : std::uint8_t {
  JoinRoom = 0x0a,
  Error = 0x0b,
  LeaveRoom = 0x0c,
  RoomData = 0x0d,
  RoomState = 0x0e,
  RoomStatePatch = 0x0f,
  Ping = 0x12,
};

/// The self-describing number of the state encoding; nothing when the bytes end early or are no number.
std::optional<double> read_number(ByteReader& reader);
/// The length-prefixed text of the state encoding, as a view into the source.
std::optional<std::string_view> read_text(ByteReader& reader);

/// What a client needs to know from JOIN_ROOM.
struct JoinRoom {
  std::string token;
  bool has_state = false;             // serializer "schema", not "none"
  std::vector<std::uint8_t> reflection;  // empty when there is no state
};

/// Reads a JOIN_ROOM frame, opcode included, in both layouts: with the reflection's length in front (0.18), or with
/// the reflection up to the end of the frame (0.16, 0.17). Nothing when it is neither.
std::optional<JoinRoom> parse_join_room(ByteSpan frame);

/// Appends a number as msgpackr does: the shortest integer form (64..127 in two bytes, because 40..7f are record
/// ids), else float64.
void append_message_number(std::vector<std::uint8_t>& out, double value);

/// Appends ROOM_DATA `type` with one number in it, {name: value}; both texts have at most 31 bytes.
void append_message(std::vector<std::uint8_t>& out, std::string_view type, std::string_view name, double value);

/// Appends ROOM_DATA "move" {x, y}, or {x, y, seq} when `sequence` is given.
void append_move(std::vector<std::uint8_t>& out, double x, double y, std::optional<std::uint32_t> sequence);

}  // namespace throng::bench
