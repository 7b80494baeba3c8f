#pragma once
// `chat`: a line of text to others.

#include <string>

#include "protocol/messages/message_fields.h"

namespace throng::protocol {

inline constexpr std::size_t kChatCodePointsMax = 200;
inline constexpr std::size_t kChatChannelCodePointsMax = 32;
/// What a line without a channel goes to: everybody in the room.
inline constexpr std::string_view kDefaultChatChannel = "zone";

struct ChatMessage {
  std::string message;
  std::optional<std::string> channel;  ///< which ones exist is the server's business
  std::optional<std::string> to;       ///< whisper: session id, or shown name
};

template <>
struct MessageFields<ChatMessage> {
  static constexpr auto list =
      std::make_tuple(text_field("message", &ChatMessage::message, 1, kChatCodePointsMax, "the line"),
                      text_field("channel", &ChatMessage::channel, 1, kChatChannelCodePointsMax,
                                 "`say`: near you; `zone`: everybody here; `party`; `whisper`: to one; absent: `zone`"),
                      text_field("to", &ChatMessage::to, 1, 64, "whom to whisper to: session id or shown name"));
};

MessageInfo chat_message();

}  // namespace throng::protocol
