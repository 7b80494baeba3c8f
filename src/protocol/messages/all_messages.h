#pragma once
// Every message that a client may send. To add one: its file, and one line in all_messages.cpp.

#include <optional>
#include <string_view>
#include <vector>

#include "protocol/messages/message_info.h"

namespace throng::protocol {

/// In the order of the reference page. The first call builds the list; any thread.
const std::vector<MessageInfo>& all_messages();

/// The description of a message in rooms of that kind, or null.
const MessageInfo* find_message(RoomKind room, std::string_view name);

}  // namespace throng::protocol
