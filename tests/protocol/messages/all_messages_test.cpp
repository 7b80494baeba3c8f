#include "protocol/messages/all_messages.h"

#include <set>

#include <gtest/gtest.h>

#include "protocol/messages/server_messages.h"

namespace throng::protocol {
namespace {

TEST(AllMessages, HaveTheirOwnTypeNamesAndLimits) {
  std::set<std::string_view> names;
  for (const MessageInfo& message : all_messages()) {
    EXPECT_TRUE(names.insert(message.type_name).second) << message.type_name;
    EXPECT_GT(message.rate_per_s, 0) << message.name;
    EXPECT_GT(message.burst, 0) << message.name;
    EXPECT_FALSE(message.help.empty()) << message.name;
  }
}

TEST(AllMessages, AnswersExist) {
  for (const MessageInfo& message : all_messages()) {
    for (const std::string_view answer : message.answers) {
      bool known = false;
      for (const ServerMessageInfo& server : server_messages()) known = known || server.name == answer;
      EXPECT_TRUE(known) << message.name << " answers with " << answer;
    }
  }
}

TEST(AllMessages, AreFoundByRoomAndName) {
  EXPECT_EQ(find_message(RoomKind::World, "move")->type_name, "MoveMessage");
  EXPECT_EQ(find_message(RoomKind::Mmo, "move")->type_name, "MoveToMessage");
  EXPECT_EQ(find_message(RoomKind::Lobby, "move"), nullptr);
}

}  // namespace
}  // namespace throng::protocol
