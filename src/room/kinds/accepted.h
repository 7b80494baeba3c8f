#pragma once
// Between the descriptions of messages in protocol/ and the rooms that take them.

#include <initializer_list>
#include <vector>

#include "protocol/messages/message_info.h"
#include "room/room_logic.h"

namespace throng::room {

/// A message's name and default rate.
AcceptedMessage accepted(const protocol::MessageInfo& info);

/// How a decoder's refusal is reported: bytes that make no sense are the client's fault, the rest is play.
MessageVerdict verdict_of(const protocol::Refusal& refusal);

}  // namespace throng::room
