#include "services/http_client/http_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/http_peer.h"

namespace throng::services {
namespace {

using testing::HasSubstr;
using testing::Not;
using throng::test::HttpPeer;

TEST(HttpClient, SendsWhatItIsGivenAndKeepsTheConnection) {
  HttpPeer peer({HttpPeer::answer(200, "", "thanks"), HttpPeer::answer(404)});
  HttpClient client;
  const HttpPost request{
      .url = peer.url("/v1/traces"), .headers = {{"X-Key", "value"}}, .body = std::string("a\0b", 3)};
  const auto first = client.post(request);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->status, 200);
  EXPECT_EQ(first->body, "thanks");
  EXPECT_EQ(client.post(request)->status, 404);
  EXPECT_THAT(peer.requests()[0], HasSubstr("POST /v1/traces HTTP/1.1\r\n"));
  EXPECT_THAT(peer.requests()[0], HasSubstr("X-Key: value\r\n"));
  EXPECT_THAT(peer.requests()[0], HasSubstr(std::string("\r\n\r\na\0b", 7)));
  EXPECT_THAT(peer.requests()[0], Not(HasSubstr("Expect:")));
}

TEST(HttpClient, ReadsWhenToTryAgain) {
  HttpPeer peer({HttpPeer::answer(503, "Retry-After: 7\r\n")});
  HttpClient client;
  EXPECT_EQ(client.post({.url = peer.url()})->retry_after, std::chrono::seconds(7));
}

TEST(HttpClient, FollowsNobody) {
  HttpPeer peer({HttpPeer::answer(302, "Location: http://127.0.0.1:1/\r\n")});
  HttpClient client;
  EXPECT_EQ(client.post({.url = peer.url()})->status, 302);
}

TEST(HttpClient, GivesUpOnWhoeverDoesNotAnswer) {
  HttpPeer peer({""});
  HttpClient client;
  const auto answer = client.post({.url = peer.url("/secret?token=1"), .timeout = std::chrono::milliseconds(200)});
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().message, HasSubstr("127.0.0.1"));
  EXPECT_THAT(answer.error().message, Not(HasSubstr("token")));
}

TEST(HttpClient, CanBeCalledOff) {
  HttpPeer peer({""});
  HttpClient client;
  std::thread other([&] {
    peer.wait_for_requests(1);
    client.cancel();
  });
  EXPECT_FALSE(client.post({.url = peer.url()}));
  other.join();
}

TEST(ShownUrl, HasNoSecrets) {
  EXPECT_EQ(shown_url("https://user:pass@host:4318/v1/traces?key=1#x"), "https://host:4318/v1/traces");
  EXPECT_EQ(shown_url("http://host"), "http://host");
  EXPECT_EQ(shown_url("http://host/a@b"), "http://host/a@b");
  EXPECT_EQ(shown_url("http://host?x=@y"), "http://host");
}

TEST(HttpUrl, IsToldFromOthers) {
  EXPECT_TRUE(is_http_url("http://localhost:4318/v1/traces"));
  EXPECT_TRUE(is_http_url("https://[::1]:4318"));
  EXPECT_FALSE(is_http_url("localhost:4318"));
  EXPECT_FALSE(is_http_url("ftp://host"));
  EXPECT_FALSE(is_http_url("http://"));
  EXPECT_FALSE(is_http_url("http:///path"));
  EXPECT_FALSE(is_http_url("http://host /path"));
  EXPECT_FALSE(is_http_url("http://host\r\nX: y"));
}

}  // namespace
}  // namespace throng::services
