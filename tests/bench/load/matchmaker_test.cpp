#include "load/matchmaker.h"

#include <gtest/gtest.h>

namespace throng::bench {
namespace {

TEST(Seat, IsReadFromTheFlatAnswer) {
  const Result<Seat> seat = parse_seat(200, R"({"name":"mmo","sessionId":"s","roomId":"r","processId":"p","room":{}})");
  ASSERT_TRUE(seat.has_value());
  EXPECT_EQ(seat->session_id, "s");
  EXPECT_EQ(seat->room_id, "r");
  EXPECT_EQ(seat->process_id, "p");
}

TEST(Seat, RefusalsSayWhy) {
  EXPECT_NE(parse_seat(520, R"({"code":520,"error":"no room"})").error().message.find("no room"), std::string::npos);
  EXPECT_NE(parse_seat(200, R"({"sessionId":"s","roomId":"r"})").error().message.find("processId"), std::string::npos);
  EXPECT_FALSE(parse_seat(200, "not json").has_value());
  EXPECT_FALSE(parse_seat(200, "[]").has_value());
}

TEST(Token, IsReadFromTheAnswerToSigningIn) {
  const Result<std::string> token = parse_token(200, R"({"user":{"id":1},"token":"abc"})");
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(*token, "abc");
  EXPECT_NE(parse_token(401, R"({"error":"no"})").error().message.find("401"), std::string::npos);
  EXPECT_FALSE(parse_token(200, R"({"user":{}})").has_value());
  EXPECT_FALSE(parse_token(200, "not json").has_value());
}

}  // namespace
}  // namespace throng::bench
