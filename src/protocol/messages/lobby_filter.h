#pragma once
// `filter`: which rooms a client of the lobby wants to hear of.

#include <string>

#include "protocol/messages/message_fields.h"

namespace throng::protocol {

struct LobbyFilterMessage {
  std::optional<std::string> name;       ///< rooms of this name only
  std::optional<MsgpackValue> metadata;  ///< rooms whose metadata has these values; a view into the document
};

template <>
struct MessageFields<LobbyFilterMessage> {
  static constexpr auto list = std::make_tuple(
      text_field("name", &LobbyFilterMessage::name, 1, 64, "only rooms of this name"),
      map_field("metadata", &LobbyFilterMessage::metadata, "only rooms whose metadata has all of these values"));
};

MessageInfo lobby_filter_message();

}  // namespace throng::protocol
