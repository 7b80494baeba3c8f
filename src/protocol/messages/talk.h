#pragma once
// `talk`: speak to a person of the story.

#include <string>

#include "protocol/messages/message_fields.h"

namespace throng::protocol {

struct TalkMessage {
  std::string npc;  ///< id in npcs.json
};

template <>
struct MessageFields<TalkMessage> {
  static constexpr auto list = std::make_tuple(
      text_field("npcId", &TalkMessage::npc, 1, kContentIdLengthMax, "id in npcs.json: `kind` in `npcs`"));
};

MessageInfo talk_message();

}  // namespace throng::protocol
