#include "net/http/response_writer.h"

#include <gtest/gtest.h>

namespace throng::net {
namespace {

TEST(ResponseHead, CarriesStatusHeadersAndLength) {
  HttpResponse response{.status = 404, .headers = {{"X-A", "b"}}, .body = "gone", .shared_body = nullptr};
  EXPECT_EQ(response_head(response, {.date = "D"}),
            "HTTP/1.1 404 Not Found\r\nX-A: b\r\nDate: D\r\nContent-Length: 4\r\n\r\n");
}

TEST(ResponseHead, SaysWhatBecomesOfTheConnection) {
  EXPECT_NE(response_head({}, {.keep_alive = false, .date = {}}).find("Connection: close\r\n"), std::string::npos);
  EXPECT_NE(response_head({}, {.http_1_0 = true, .date = {}}).find("Connection: keep-alive\r\n"), std::string::npos);
}

TEST(ResponseHead, HasNoLengthWhereNoBodyIsAllowed) {
  HttpResponse response;
  response.status = 204;
  EXPECT_EQ(response_head(response, {.date = {}}), "HTTP/1.1 204 No Content\r\n\r\n");
}

TEST(ResponseHead, LeavesOutHeadersThatBreakTheLines) {
  HttpResponse response;
  response.headers = {{"X", "a\r\nSet-Cookie: b"}, {"Bad Name", "x"}, {"Content-Length", "99"}, {"Good", "y"}};
  EXPECT_EQ(response_head(response, {.date = {}}), "HTTP/1.1 200 OK\r\nGood: y\r\nContent-Length: 0\r\n\r\n");
}

TEST(HttpDate, IsTheFixedForm) { EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT"); }

}  // namespace
}  // namespace throng::net
