#include "protocol/messages/server_messages.h"

#include "protocol/messages/game_messages.h"

namespace throng::protocol {
namespace {

PayloadFieldInfo text_info(std::string_view name, std::string_view help, bool optional = false) {
  return {name, PayloadType::Text, 0, 0, optional, help};
}

PayloadTypeInfo seat_reservation_info() {
  return {"SeatReservation",
          "A seat in another room; hand it to `client.consumeSeatReservation`",
          {text_info("name", "name of the room"),
           text_info("sessionId", "your session id there"),
           text_info("roomId", "which room"),
           text_info("processId", "which server process"),
           text_info("publicAddress", "host and port when it is not this server", true),
           {"room", PayloadType::Map, 0, 0, false, "the same once more, for the SDK 0.16"}}};
}

PayloadTypeInfo room_listing_info() {
  return {"RoomListing",
          "A public room",
          {text_info("roomId", "for `joinById`"),
           text_info("processId", "which server process"),
           text_info("name", "name of the room"),
           {"clients", PayloadType::Integer, 0, 0, false, "places taken"},
           {"maxClients", PayloadType::Integer, 0, 0, true, "places in all; null: no limit"},
           {"locked", PayloadType::Boolean, 0, 0, false, "takes nobody at present"},
           {"private", PayloadType::Boolean, 0, 0, false, "not found by name"},
           text_info("createdAt", "ISO 8601, UTC"),
           text_info("publicAddress", "host and port, when not this server", true),
           {"metadata", PayloadType::Map, 0, 0, true, "what the room says about itself"}}};
}

}  // namespace

void encode(MsgpackWriter& out, const ChatLine& line) {
  out.map(4).key("from").string(line.from).key("name").string(line.name);
  out.key("message").string(line.message).key("channel").string(line.channel);
}

void encode(MsgpackWriter& out, const Notice& notice) { out.map(1).key("text").string(notice.text); }

void encode(MsgpackWriter& out, const ErrorNotice& error) {
  out.map(3).key("code").string(error.code).key("message").string(error.message).key("about").string(error.about);
}

void encode(MsgpackWriter& out, const SeatReservation& seat) {
  const auto room_fields = [&] {
    out.key("name").string(seat.name).key("roomId").string(seat.room_id).key("processId").string(seat.process_id);
    if (seat.public_address) out.key("publicAddress").string(*seat.public_address);
  };
  const std::size_t room_pairs = seat.public_address ? 4 : 3;
  out.map(room_pairs + 2).key("sessionId").string(seat.session_id);
  room_fields();
  out.key("room").map(room_pairs);
  room_fields();
}

void encode(MsgpackWriter& out, const RoomListing& room) {
  out.map(room.public_address ? 10 : 9).key("roomId").string(room.room_id).key("processId").string(room.process_id);
  out.key("name").string(room.name).key("clients").integer(room.clients).key("maxClients");
  if (room.clients_max) {
    out.integer(*room.clients_max);
  } else {
    out.nil();
  }
  out.key("locked").boolean(room.locked).key("private").boolean(room.is_private);
  out.key("createdAt").string(room.created_at);
  if (room.public_address) out.key("publicAddress").string(*room.public_address);
  out.key("metadata");
  if (room.metadata_msgpack.empty()) {
    out.nil();
  } else {
    out.encoded(room.metadata_msgpack);
  }
}

void encode_room_changed(MsgpackWriter& out, const RoomListing& room) {
  out.array(2).string(room.room_id);
  encode(out, room);
}

const std::vector<PayloadTypeInfo>& payload_types() {
  static const std::vector<PayloadTypeInfo> types = [] {
    std::vector<PayloadTypeInfo> all = {
        {"ChatLine",
         "A line of chat",
         {text_info("from", "session id of the speaker"), text_info("name", "their shown name"),
          text_info("message", "the line"), text_info("channel", "where it was said")}},
        {"Notice", "Something to show to the player", {text_info("text", "one or two sentences")}},
        {"ErrorNotice",
         "A message of yours was refused",
         {text_info("code", "stable; see the refusals"), text_info("message", "one sentence"),
          text_info("about", "type of the message that was refused")}},
        seat_reservation_info(),
        room_listing_info(),
    };
    for (PayloadTypeInfo& type : game_payload_types()) all.push_back(std::move(type));
    return all;
  }();
  return types;
}

const std::vector<ServerMessageInfo>& server_messages() {
  static const std::vector<ServerMessageInfo> messages = [] {
    std::vector<ServerMessageInfo> all = {
        {kServerChat, RoomKind::World, "ChatLine", "Somebody spoke in a channel that you hear."},
        {kServerNotice, RoomKind::World, "Notice", "The server tells you something."},
        {kServerError, RoomKind::World, "ErrorNotice", "The server refused a message of yours; nothing else happened."},
        {kServerTravel, RoomKind::World, "SeatReservation",
         "You go to another room: join it with this seat, then leave."},
        {kLobbyRooms, RoomKind::Lobby, "RoomListing[]",
         "All rooms that match your filter; once after the join and each filter."},
        {kLobbyRoomChanged, RoomKind::Lobby, "[string, RoomListing]",
         "A room is new or has changed; its id and listing."},
        {kLobbyRoomRemoved, RoomKind::Lobby, "string", "The room with this id is gone."},
    };
    for (const ServerMessageInfo& message : game_server_messages()) all.push_back(message);
    return all;
  }();
  return messages;
}

}  // namespace throng::protocol
