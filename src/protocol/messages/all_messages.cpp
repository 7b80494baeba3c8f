#include "protocol/messages/all_messages.h"

#include "protocol/messages/attack.h"
#include "protocol/messages/bag.h"
#include "protocol/messages/chat.h"
#include "protocol/messages/debug_why.h"
#include "protocol/messages/equip.h"
#include "protocol/messages/friend.h"
#include "protocol/messages/leaderboard.h"
#include "protocol/messages/lobby_filter.h"
#include "protocol/messages/mail.h"
#include "protocol/messages/move.h"
#include "protocol/messages/party.h"
#include "protocol/messages/pickup.h"
#include "protocol/messages/quest.h"
#include "protocol/messages/shop.h"
#include "protocol/messages/talk.h"
#include "protocol/messages/trade.h"
#include "protocol/messages/unequip.h"
#include "protocol/messages/use.h"

namespace throng::protocol {

const std::vector<MessageInfo>& all_messages() {
  static const std::vector<MessageInfo> messages = {
      move_message(),         chat_message(),    attack_message(), pickup_message(),      use_message(),
      equip_message(),        unequip_message(), bag_message(),    shop_message(),        talk_message(),
      quest_message(),        party_message(),   friend_message(), leaderboard_message(), debug_why_message(),
      lobby_filter_message(), move_to_message(), trade_message(),  mail_message(),
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
