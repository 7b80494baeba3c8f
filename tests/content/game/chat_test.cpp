#include "content/game/chat.h"

#include <gtest/gtest.h>

#include "content/game/small_set.h"

namespace throng::content {
namespace {

TEST(ChatFile, ReadsEveryMember) {
  const Result<ChatDef> chat = parse_chat(test::small_chat(), "chat.json");
  ASSERT_TRUE(chat.has_value()) << chat.error().message;
  EXPECT_EQ(chat->words, std::vector<std::string>{"drat"});
  EXPECT_EQ(chat->channels, (std::vector<std::string>{"say", "party"}));
  EXPECT_EQ(chat->code_points_max, 200);
}

TEST(ChatFile, ChannelsAreTheKnownOnes) {
  const Result<ChatDef> chat = parse_chat(R"({"channels": ["say", "wisper"]})", "chat.json");
  ASSERT_FALSE(chat.has_value());
  EXPECT_EQ(chat.error().message,
            "chat.json:1:14: $.channels: found \"wisper\", expected some of \"say\", \"zone\", \"party\", \"whisper\"; "
            "did you mean \"whisper\"?");
}

}  // namespace
}  // namespace throng::content
