#pragma once
// What the server sends beside the state: one struct and one `encode` each. An encode writes one value, the payload.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "protocol/messages/message_info.h"
#include "protocol/wire/msgpack.h"

namespace throng::protocol {

inline constexpr std::string_view kServerChat = "chat";
inline constexpr std::string_view kServerNotice = "notice";
inline constexpr std::string_view kServerError = "error";
inline constexpr std::string_view kServerTravel = "travel";
inline constexpr std::string_view kLobbyRooms = "rooms";
inline constexpr std::string_view kLobbyRoomChanged = "+";
inline constexpr std::string_view kLobbyRoomRemoved = "-";

struct ChatLine {
  std::string_view from;  ///< session id of the speaker
  std::string_view name;
  std::string_view message;
  std::string_view channel;
};

struct Notice {
  std::string_view text;
};

struct ErrorNotice {
  std::string_view code;
  std::string_view message;
  std::string_view about;  ///< type of the message that was refused
};

/// A seat in another room, for `client.consumeSeatReservation`; flat for 0.17 and 0.18, with `room` for 0.16.
struct SeatReservation {
  std::string_view name;
  std::string_view session_id;
  std::string_view room_id;
  std::string_view process_id;
  std::optional<std::string_view> public_address = {};
};

struct RoomListing {
  std::string_view room_id = {};
  std::string_view process_id = {};
  std::string_view name = {};
  std::uint32_t clients = 0;
  std::optional<std::uint32_t> clients_max = {};  ///< absent: no limit, sent as nil
  bool locked = false;
  bool is_private = false;
  std::string_view created_at = {};  ///< ISO 8601, UTC
  std::optional<std::string_view> public_address = {};
  ByteSpan metadata_msgpack = {};  ///< one encoded value; empty: nil
};

void encode(MsgpackWriter& out, const ChatLine& line);
void encode(MsgpackWriter& out, const Notice& notice);
void encode(MsgpackWriter& out, const ErrorNotice& error);
void encode(MsgpackWriter& out, const SeatReservation& seat);
void encode(MsgpackWriter& out, const RoomListing& room);
/// Payload of `+`: room id and listing.
void encode_room_changed(MsgpackWriter& out, const RoomListing& room);

/// An object that server messages carry.
struct PayloadTypeInfo {
  std::string_view name;
  std::string_view help;
  std::vector<PayloadFieldInfo> fields;
};

struct ServerMessageInfo {
  std::string_view name;
  RoomKind room = RoomKind::World;
  std::string_view payload;  ///< as a TypeScript type over the names of payload_types()
  std::string_view help;
};

const std::vector<PayloadTypeInfo>& payload_types();
const std::vector<ServerMessageInfo>& server_messages();

}  // namespace throng::protocol
