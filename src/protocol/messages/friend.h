#pragma once
// `friend`: whom you like, and whom you do not want to hear.

#include <array>
#include <string>

#include "protocol/messages/message_fields.h"

namespace throng::protocol {

enum class FriendAction : std::uint8_t { Add, Remove, Ignore, Unignore, List };
inline constexpr std::array<std::string_view, 5> kFriendWords = {"add", "remove", "ignore", "unignore", "list"};

struct FriendMessage {
  std::optional<std::string> target;  ///< session id, or shown name
  FriendAction action = FriendAction::List;
};

template <>
struct MessageFields<FriendMessage> {
  static constexpr auto list =
      std::make_tuple(text_field("targetId", &FriendMessage::target, 1, 64, "session id or shown name; not for `list`"),
                      choice_field("action", &FriendMessage::action, kFriendWords,
                                   "what to do; you hear nothing of whom you `ignore`"));
};

MessageInfo friend_message();

}  // namespace throng::protocol
