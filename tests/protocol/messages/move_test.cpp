#include "protocol/messages/move.h"

#include <gtest/gtest.h>

#include "protocol/vectors.h"

namespace throng::protocol {
namespace {

template <class Message>
Decoded<Message> decode(std::string_view hex) {
  static std::vector<std::uint8_t> bytes;
  static MsgpackDocument document;
  bytes = testing::from_hex(hex);
  return decode_message<Message>(decode_client_frame(bytes), document);
}

TEST(Move, ReadsWhatAJavaScriptSdkSends) {
  // room.send("move", { x: 0.5, y: -1, seq: 70000 })
  const auto move = decode<MoveMessage>("0da46d6f7665 d4724093a178a179a3736571 cb3fe0000000000000 ff ce00011170");
  ASSERT_TRUE(move.accepted());
  EXPECT_EQ(move->x, 0.5);
  EXPECT_EQ(move->y, -1);
  EXPECT_EQ(move->seq, 70'000u);
}

TEST(Move, MayComeWithoutASequenceNumber) {
  const auto move = decode<MoveMessage>("0da46d6f7665 82a17800a17901");
  ASSERT_TRUE(move.accepted());
  EXPECT_EQ(move->seq, std::nullopt);
}

TEST(Move, IsNotLongerThanOneOnEachAxis) {
  EXPECT_EQ(decode<MoveMessage>("0da46d6f7665 82a17802a17900").refusal().code, "field_out_of_range");
  EXPECT_EQ(decode<MoveMessage>("0da46d6f7665 82a178cb7ff8000000000000a17900").refusal().code, "field_out_of_range");
}

TEST(Move, OfTheMeasuringRoomIsAPlace) {
  const auto move = decode<MoveToMessage>("0da46d6f7665 82a178cd03e8a179ca42c80000");
  ASSERT_TRUE(move.accepted());
  EXPECT_EQ(move->x, 1000);
  EXPECT_EQ(move->y, 100);
  EXPECT_EQ(decode<MoveToMessage>("0da46d6f7665 82a178cb7ff0000000000000a17900").refusal().code, "field_out_of_range");
}

}  // namespace
}  // namespace throng::protocol
