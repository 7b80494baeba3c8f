#pragma once
// Between the descriptions of messages in protocol/ and the rooms that take them.

#include <initializer_list>
#include <vector>

#include "protocol/messages/message_info.h"
#include "room/room_logic.h"
#include "sim/verdict.h"

namespace throng::room {

/// A message's name and default rate.
AcceptedMessage accepted(const protocol::MessageInfo& info);

/// How a decoder's refusal is reported: bytes that make no sense are the client's fault, the rest is play.
MessageVerdict verdict_of(const protocol::Refusal& refusal);

/// What a rule of the game said no to.
MessageVerdict game_verdict(sim::Verdict verdict);
/// An answer follows.
MessageVerdict pending_verdict();
/// @param type  the frame's, as a text that lives as long as the program
Question question_of(const protocol::ClientFrame& frame, std::string_view type);

}  // namespace throng::room
