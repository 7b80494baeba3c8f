#include "load/http_text.h"

#include <gtest/gtest.h>

namespace throng::bench {
namespace {

HttpAnswer read_whole(std::string_view bytes) {
  HttpAnswer answer;
  std::size_t consumed = 0;
  EXPECT_EQ(parse_answer(bytes, answer, consumed), AnswerState::Complete);
  EXPECT_EQ(consumed, bytes.size());
  return answer;
}

TEST(HttpAnswer, WithALengthIsRead) {
  const HttpAnswer answer = read_whole("HTTP/1.1 521 unknown\r\nContent-Length: 4\r\nX: y\r\n\r\nbody");
  EXPECT_EQ(answer.status, 521);
  EXPECT_EQ(answer.body, "body");
  EXPECT_EQ(answer.header("x"), "y");
  EXPECT_TRUE(answer.keep_alive);
}

TEST(HttpAnswer, InChunksIsRead) {
  const HttpAnswer answer = read_whole(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: "
      "close\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n");
  EXPECT_EQ(answer.body, "abc0123456789");
  EXPECT_FALSE(answer.keep_alive);
}

TEST(HttpAnswer, ToAnUpgradeEndsWithItsHead) {
  HttpAnswer answer;
  std::size_t consumed = 0;
  const std::string_view bytes = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x82\x01!";
  ASSERT_EQ(parse_answer(bytes, answer, consumed), AnswerState::Complete);
  EXPECT_EQ(bytes.substr(consumed), "\x82\x01!");
}

TEST(HttpAnswer, IsAwaitedWhileItIsIncomplete) {
  const std::string_view whole = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    HttpAnswer answer;
    std::size_t consumed = 0;
    EXPECT_EQ(parse_answer(whole.substr(0, size), answer, consumed), AnswerState::NeedMore) << size;
  }
}

TEST(HttpAnswer, OfSomethingElseIsBroken) {
  HttpAnswer answer;
  std::size_t consumed = 0;
  EXPECT_EQ(parse_answer("SSH-2.0-OpenSSH\r\n\r\n", answer, consumed), AnswerState::Broken);
  EXPECT_EQ(parse_answer("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", answer, consumed), AnswerState::Broken);
  EXPECT_EQ(parse_answer("HTTP/1.1 200 OK\r\n\r\n", answer, consumed), AnswerState::Broken);
}

}  // namespace
}  // namespace throng::bench
