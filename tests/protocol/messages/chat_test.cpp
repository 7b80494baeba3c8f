#include "protocol/messages/chat.h"

#include <gtest/gtest.h>

#include "protocol/vectors.h"

namespace throng::protocol {
namespace {

std::string chat_refusal(const nlohmann::json& payload) {
  const std::vector<std::uint8_t> bytes = nlohmann::json::to_msgpack(payload);
  MsgpackDocument document;
  EXPECT_TRUE(document.parse(bytes));
  const Decoded<ChatMessage> chat = decode_fields<ChatMessage>(document.root());
  return chat ? "" : std::string(chat.refusal().code);
}

std::string repeated(std::string_view character, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += character;
  return text;
}

TEST(Chat, LengthIsInCharactersNotBytes) {
  EXPECT_EQ(chat_refusal({{"message", repeated("🐺", 200)}}), "");
  EXPECT_EQ(chat_refusal({{"message", repeated("🐺", 201)}}), "text_length");
  EXPECT_EQ(chat_refusal({{"message", ""}}), "text_length");
}

TEST(Chat, ChannelIsOptional) {
  EXPECT_EQ(chat_refusal({{"message", "hi"}, {"channel", "party"}}), "");
  EXPECT_EQ(chat_refusal({{"message", "hi"}, {"channel", nullptr}}), "");
  EXPECT_EQ(chat_refusal({{"message", "hi"}, {"channel", repeated("x", 33)}}), "text_length");
}

TEST(Chat, CannotSmuggleControlCharacters) {
  EXPECT_EQ(chat_refusal({{"message", "hi\x1b[31m"}}), "text_invalid");
  EXPECT_EQ(chat_refusal({{"message", "two\nlines"}}), "text_invalid");
}

}  // namespace
}  // namespace throng::protocol
