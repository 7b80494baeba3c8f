#include "load/wire.h"

#include <gtest/gtest.h>

#include "bench/load/wire_vectors.h"
#include "load/state_types.h"

namespace throng::bench {
namespace {

using testing::bytes_of;

std::string hex_of(const std::vector<std::uint8_t>& bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const std::uint8_t byte : bytes) hex.append({kDigits[byte >> 4], kDigits[byte & 15]});
  return hex;
}

std::string packed(double value) {
  std::vector<std::uint8_t> out;
  append_message_number(out, value);
  return hex_of(out);
}

TEST(MessageNumber, IsWrittenAsTheJavaScriptSdkWritesIt) {
  EXPECT_EQ(packed(1), "01");
  EXPECT_EQ(packed(63), "3f");
  EXPECT_EQ(packed(64), "cc40");
  EXPECT_EQ(packed(200), "ccc8");
  EXPECT_EQ(packed(-2), "fe");
  EXPECT_EQ(packed(-100), "d09c");
  EXPECT_EQ(packed(-40000), "d2ffff63c0");
  EXPECT_EQ(packed(70000), "ce00011170");
  EXPECT_EQ(packed(1.5), "cb3ff8000000000000");
  EXPECT_EQ(packed(4294967296.0), "cb41f0000000000000");
}

TEST(Move, IsTheRecordThatTheJavaScriptSdkSends) {
  std::vector<std::uint8_t> out;
  append_move(out, 1.5, -2, std::nullopt);
  EXPECT_EQ(hex_of(out), "0da46d6f7665d4724092a178a179cb3ff8000000000000fe");
  out.clear();
  append_move(out, 0, 1, 200);
  EXPECT_EQ(hex_of(out), "0da46d6f7665d4724093a178a179a37365710001ccc8");
}

TEST(Message, IsTheRecordThatTheJavaScriptSdkSends) {
  std::vector<std::uint8_t> out;
  append_message(out, "pickup", "dropId", 300);
  EXPECT_EQ(hex_of(out), "0da67069636b7570d4724091a664726f704964cd012c");
}

TEST(StateNumber, ReadsEveryForm) {
  const auto number = [](std::string_view hex) {
    const std::vector<std::uint8_t> bytes = bytes_of(hex);
    ByteReader reader(bytes);
    return read_number(reader);
  };
  EXPECT_EQ(number("7f"), 127);
  EXPECT_EQ(number("e0"), -32);
  EXPECT_EQ(number("cd2c01"), 300);
  EXPECT_EQ(number("ce70110100"), 70000);
  EXPECT_EQ(number("d2c063ffff"), -40000);
  EXPECT_EQ(number("ca0000c0bf"), -1.5);
  EXPECT_EQ(number("cd2c"), std::nullopt);
  EXPECT_EQ(number("c1"), std::nullopt);
}

constexpr std::string_view kToken = "0a09416243313233787 97a06736368656d61";
constexpr std::string_view kSmallReflection = "8001ff01800002ff0280008203ff03800004ff0480a17a81a575696e7438";

std::string join_frame(std::string_view between, std::string_view after = "") {
  std::string hex = std::string(kToken) + std::string(between) + std::string(kSmallReflection) + std::string(after);
  std::erase(hex, ' ');
  return hex;
}

TEST(JoinRoom, IsReadInEveryLayout) {
  const std::vector<std::string> layouts{
      join_frame(""),                        // 0.16, 0.17
      join_frame("1e"),                      // 0.18
      join_frame("1e", "0203010203"),        // 0.18 with a section behind
      join_frame("cd2000ff00"),              // for all of them
  };
  for (const std::string& hex : layouts) {
    const std::optional<JoinRoom> join = parse_join_room(bytes_of(hex));
    ASSERT_TRUE(join.has_value()) << hex;
    EXPECT_TRUE(join->has_state);
    EXPECT_EQ(join->token, "AbC123xyz");
    const std::optional<StateTypes> types = parse_reflection(join->reflection);
    ASSERT_TRUE(types.has_value()) << hex;
    EXPECT_EQ(types->types.at(0).fields.at(0).name, "z");
  }
}

TEST(JoinRoom, WithoutStateHasNoReflection) {
  const std::optional<JoinRoom> join = parse_join_room(bytes_of("0a0161046e6f6e65"));
  ASSERT_TRUE(join.has_value());
  EXPECT_FALSE(join->has_state);
}

TEST(JoinRoom, CutOffIsRefused) {
  EXPECT_FALSE(parse_join_room(bytes_of("0a")).has_value());
  EXPECT_FALSE(parse_join_room(bytes_of("0a0941")).has_value());
  EXPECT_FALSE(parse_join_room(bytes_of("0a016106736368656d61")).has_value());
  EXPECT_FALSE(parse_join_room(bytes_of("0a016106736368656d6120ff00")).has_value());
}

}  // namespace
}  // namespace throng::bench
