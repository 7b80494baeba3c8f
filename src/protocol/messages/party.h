#pragma once
// `party`: who walks together.

#include <array>
#include <string>

#include "protocol/messages/message_fields.h"
#include "sim/intent.h"

namespace throng::protocol {

/// By the numbers of sim::PartyAction.
inline constexpr std::array<std::string_view, 8> kPartyWords = {"invite", "join", "decline",   "leave",
                                                                "kick",   "lead", "loot_free", "loot_round_robin"};

struct PartyMessage {
  sim::PartyAction action = sim::PartyAction::Invite;
  std::optional<std::string> target;  ///< session id
};

template <>
struct MessageFields<PartyMessage> {
  static constexpr auto list = std::make_tuple(
      choice_field("action", &PartyMessage::action, kPartyWords,
                   "what to do; the leader alone may `kick`, `lead` (hand over) and set the loot rule"),
      text_field("targetId", &PartyMessage::target, 1, 64,
                 "session id or shown name: whom to invite, kick or make leader; whose invitation to join or decline"));
};

MessageInfo party_message();

}  // namespace throng::protocol
