#include "net/http/request_reader.h"

#include <gtest/gtest.h>

namespace throng::net {
namespace {

using OutcomeKind = ReadOutcome::Kind;

/// Feeds in steps; stops at the first request or error.
ReadOutcome feed_in_steps(RequestReader& reader, std::string_view text, std::size_t step) {
  for (std::size_t at = 0; at < text.size(); at += step) {
    const ReadOutcome outcome = reader.feed(as_bytes(text.substr(at, step)));
    if (outcome.kind != OutcomeKind::NeedMore) return outcome;
  }
  return {};
}

int status_of_text(std::string_view text) {
  RequestReader whole({});
  RequestReader split({});
  const ReadOutcome outcome = whole.feed(as_bytes(text));
  EXPECT_EQ(feed_in_steps(split, text, 1).status, outcome.status);
  return outcome.kind == OutcomeKind::Error ? outcome.status : 0;
}

HttpRequest request_of(std::string_view text) {
  RequestReader reader({});
  EXPECT_EQ(feed_in_steps(reader, text, 7).kind, OutcomeKind::Request);
  return reader.take_request();
}

TEST(RequestReader, ReadsMethodTargetHeadersAndBody) {
  const HttpRequest request = request_of(
      "POST /matchmake/joinOrCreate/world?x=1&y=2 HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
      "X-Two: a\r\nx-two: b\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/matchmake/joinOrCreate/world");
  EXPECT_EQ(request.query, "x=1&y=2");
  EXPECT_EQ(request.header("content-type"), "application/json");
  EXPECT_EQ(request.header("x-two"), "a");
  EXPECT_EQ(request.header("absent"), "");
  EXPECT_EQ(request.body, "hello");
}

TEST(RequestReader, ReadsChunkedBodiesAndIgnoresTrailers) {
  const std::string_view text =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n5;x=y\r\ndefgh\r\n0\r\nAuthorization: forged\r\n\r\n";
  for (const std::size_t step : {text.size(), std::size_t{7}, std::size_t{1}}) {
    RequestReader reader({});
    ASSERT_EQ(feed_in_steps(reader, text, step).kind, OutcomeKind::Request);
    const HttpRequest request = reader.take_request();
    EXPECT_EQ(request.body, "abcdefgh");
    EXPECT_EQ(request.header("authorization"), "");
  }
}

TEST(RequestReader, KeepsPipelinedRequestsInOrder) {
  RequestReader reader({});
  const std::string_view three =
      "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nPOST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab"
      "GET /3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
  ASSERT_EQ(reader.feed(as_bytes(three)).kind, OutcomeKind::Request);
  EXPECT_EQ(reader.take_request().path, "/1");
  EXPECT_TRUE(reader.keep_alive());
  ASSERT_EQ(reader.next().kind, OutcomeKind::Request);
  EXPECT_EQ(reader.take_request().body, "ab");
  ASSERT_EQ(reader.next().kind, OutcomeKind::Request);
  EXPECT_EQ(reader.take_request().path, "/3");
  EXPECT_FALSE(reader.keep_alive());
  EXPECT_TRUE(reader.idle());
}

TEST(RequestReader, HandsOutTheBytesBehindAnUpgradeRequest) {
  RequestReader reader({});
  ASSERT_EQ(reader.feed(as_bytes("GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n\r\n\x82\x80raw")).kind,
            OutcomeKind::Request);
  reader.take_request();
  EXPECT_EQ(reader.take_unread(), "\x82\x80raw");
}

TEST(RequestReader, KnowsWhenTheConnectionEnds) {
  RequestReader reader({});
  ASSERT_EQ(reader.feed(as_bytes("GET / HTTP/1.0\r\n\r\n")).kind, OutcomeKind::Request);
  EXPECT_EQ(reader.take_request().version, 10);
  EXPECT_FALSE(reader.keep_alive());
  ASSERT_EQ(reader.feed(as_bytes("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")).kind, OutcomeKind::Request);
  reader.take_request();
  EXPECT_TRUE(reader.keep_alive());
}

TEST(RequestReader, StepsOverEmptyLinesBetweenRequests) {
  EXPECT_EQ(request_of("\r\n\r\nGET /x HTTP/1.1\r\nHost: h\r\n\r\n").path, "/x");
  RequestReader split({});
  EXPECT_EQ(feed_in_steps(split, "\r\n\r\nGET /x HTTP/1.1\r\nHost: h\r\n\r\n", 1).kind, OutcomeKind::Request);
}

TEST(RequestReader, TakesAbsoluteTargetsApart) {
  EXPECT_EQ(request_of("GET http://h:1/a/b?c HTTP/1.1\r\nHost: h\r\n\r\n").path, "/a/b");
  const HttpRequest bare = request_of("GET http://h?c HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(bare.path, "/");
  EXPECT_EQ(bare.query, "c");
}

TEST(RequestReader, AsksForContinueOnceAndOnlyBeforeTheBody) {
  RequestReader reader({});
  reader.feed(as_bytes("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
  EXPECT_TRUE(reader.take_expect_continue());
  EXPECT_FALSE(reader.take_expect_continue());
  EXPECT_EQ(reader.feed(as_bytes("ok")).kind, OutcomeKind::Request);
}

TEST(RequestReader, RefusesMalformedRequests) {
  EXPECT_EQ(status_of_text("nonsense\r\n\r\n"), 400);
  EXPECT_EQ(status_of_text("GET  / HTTP/1.1\r\nHost: h\r\n\r\n"), 400);
  EXPECT_EQ(status_of_text("GET / HTTP/1.1\r\nHost: h\r\nNo colon\r\n\r\n"), 400);
  EXPECT_EQ(status_of_text("GET / HTTP/1.1\r\nHost : h\r\n\r\n"), 400);
  EXPECT_EQ(status_of_text(std::string_view("GET /\0 HTTP/1.1\r\nHost: h\r\n\r\n", 29)), 400);
  EXPECT_EQ(status_of_text("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n"), 400);
  EXPECT_EQ(status_of_text("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), 400);
}

TEST(RequestReader, RefusesOtherVersions) {
  EXPECT_EQ(status_of_text("GET / HTTP/2.0\r\nHost: h\r\n\r\n"), 505);
  EXPECT_EQ(status_of_text("GET / HTTP/1.2\r\nHost: h\r\n\r\n"), 505);
}

TEST(RequestReader, RefusesTwoReadingsOfWhereABodyEnds) {
  EXPECT_EQ(status_of_text("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"),
            400);
  EXPECT_EQ(status_of_text("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n"),
            400);
  EXPECT_EQ(status_of_text("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n"), 400);
  EXPECT_EQ(status_of_text("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n"), 501);
  EXPECT_EQ(status_of_text("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"), 501);
  EXPECT_EQ(status_of_text("POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
}

TEST(RequestReader, RequiresExactlyOneHost) {
  EXPECT_EQ(status_of_text("GET / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(status_of_text("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
}

TEST(RequestReader, RefusesHeadersOverTheLimit) {
  EXPECT_EQ(status_of_text("GET /" + std::string(17'000, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n"), 431);
  EXPECT_EQ(status_of_text("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(17'000, 'x') + "\r\n\r\n"), 431);
}

TEST(RequestReader, RefusesBodiesOverTheLimit) {
  EXPECT_EQ(status_of_text("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 65537\r\n\r\n"), 413);
  EXPECT_EQ(status_of_text("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n"), 413);
}

TEST(RequestReader, RefusesEndlessChunkExtensionsAndTrailers) {
  const std::string start = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  RequestReader extensions({});
  EXPECT_EQ(feed_in_steps(extensions, start + "1;" + std::string(40'000, 'x'), 5000).status, 431);
  RequestReader trailers({});
  EXPECT_EQ(trailers.feed(as_bytes(start + "0\r\nX: " + std::string(70'000, 'x') + "\r\n\r\n")).status, 431);
}

TEST(RequestReader, RemembersTheOriginOfAFailedRequest) {
  RequestReader reader({});
  reader.feed(as_bytes("POST / HTTP/1.1\r\nHost: h\r\nOrigin: http://o\r\nContent-Length: 99999999\r\n\r\n"));
  EXPECT_EQ(reader.origin_so_far(), "http://o");
}

}  // namespace
}  // namespace throng::net
