#pragma once
// From a client's message to what it asks of the world. Nothing is decided here but whether it can be understood.

#include <string_view>
#include <variant>

#include "protocol/frames.h"
#include "protocol/wire/msgpack.h"
#include "room/kinds/world_members.h"
#include "room/room_logic.h"
#include "sim/world.h"

namespace throng::room {

struct IntentReading {
  const protocol::ClientFrame& frame;
  const sim::World& world;
  const WorldMembers& members;
  sim::PlayerKey key;
  std::uint32_t request;  ///< comes back with a refusal
  protocol::MsgpackDocument& scratch;
};

/// The messages that become an intent: attack, pickup, use, equip, unequip, bag, shop, talk, quest, party.
/// @return the intent; or why not: UnknownType for every other message
std::variant<sim::Intent, MessageVerdict> read_intent(const IntentReading& reading);

/// The name of such a message that lives as long as the program, or empty.
std::string_view intent_message_name(std::string_view type);

}  // namespace throng::room
