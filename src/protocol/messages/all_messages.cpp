#include "protocol/messages/all_messages.h"

#include "protocol/messages/chat.h"
#include "protocol/messages/lobby_filter.h"
#include "protocol/messages/move.h"

namespace throng::protocol {

const std::vector<MessageInfo>& all_messages() {
  static const std::vector<MessageInfo> messages = {
      move_message(),
      chat_message(),
      lobby_filter_message(),
      move_to_message(),
  };
  return messages;
}

const MessageInfo* find_message(RoomKind room, std::string_view name) {
  for (const MessageInfo& message : all_messages()) {
    if (message.room == room && message.name == name) return &message;
  }
  return nullptr;
}

const std::vector<RefusalInfo>& message_refusals() {
  static const std::vector<RefusalInfo> refusals = {
      {kRefusalUndecodable, "the payload is not valid MessagePack, or too deep or large"},
      {kRefusalNotAMap, "the payload is not an object"},
      {kRefusalMissing, "a field that must be there is not"},
      {kRefusalWrongType, "a field is of another type"},
      {kRefusalOutOfRange, "a number is outside its range"},
      {kRefusalTextLength, "a text is too short or too long"},
      {kRefusalTextInvalid, "a text is not valid UTF-8 or has control characters"},
  };
  return refusals;
}

std::string_view room_kind_name(RoomKind kind) {
  switch (kind) {
    case RoomKind::World: return "world";
    case RoomKind::Mmo: return "mmo";
    case RoomKind::Lobby: return "lobby";
  }
  return "";
}

}  // namespace throng::protocol
