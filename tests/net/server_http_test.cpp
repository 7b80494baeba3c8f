#include <gtest/gtest.h>

#include "net/peer.h"
#include "net/running_server.h"

namespace throng::net {
namespace {

using test::Peer;
using test::Response;
using test::RunningServer;

TEST(ServerHttp, AnswersPipelinedRequestsInOrder) {
  RunningServer running;
  Peer peer(running.port());
  peer.send(
      "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nPOST /2 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "2\r\nab\r\n0\r\n\r\nGET /3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(peer.read_response().body, "GET /1 ");
  EXPECT_EQ(peer.read_response().body, "POST /2 ab");
  const Response last = peer.read_response();
  EXPECT_EQ(last.body, "GET /3 ");
  EXPECT_TRUE(last.has("Connection: close"));
  EXPECT_TRUE(last.has("Date: "));
  EXPECT_TRUE(peer.sees_end());
}

TEST(ServerHttp, KeepsTheOrderWhenAnswersComeLater) {
  RunningServer running;
  running.handler.http = [&](ConnectionId id, HttpRequest request) {
    running.loop.call_after(std::chrono::milliseconds(request.path == "/slow" ? 20 : 0), [&running, id, request] {
      running.server->respond(id, {.headers = {}, .body = request.path, .shared_body = nullptr});
    });
  };
  Peer peer(running.port());
  peer.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\nGET /fast HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(peer.read_response().body, "/slow");
  peer.send("GET /third HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(peer.read_response().body, "/fast");
  EXPECT_EQ(peer.read_response().body, "/third");
}

TEST(ServerHttp, SendsNoBodyForHead) {
  RunningServer running;
  Peer peer(running.port());
  peer.send("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\nGET /y HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(peer.read_response(true).has("Content-Length: 8\r\n"));
  EXPECT_EQ(peer.read_response().body, "GET /y ");
}

TEST(ServerHttp, SpeaksTheOlderVersion) {
  RunningServer running;
  Peer peer(running.port());
  peer.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(peer.read_response().has("Connection: keep-alive"));
  peer.send("GET /b HTTP/1.0\r\n\r\n");
  EXPECT_EQ(peer.read_response().body, "GET /b ");
  EXPECT_TRUE(peer.sees_end());
}

TEST(ServerHttp, RefusesWithCorsHeadersAndCloses) {
  RunningServer running;
  const auto answer_to = [&](std::string_view request) {
    Peer peer(running.port());
    peer.send(request);
    Response response = peer.read_response();
    EXPECT_TRUE(peer.sees_end());
    return response;
  };
  const Response large = answer_to("POST / HTTP/1.1\r\nHost: h\r\nOrigin: http://o\r\nContent-Length: 100000\r\n\r\n" +
                                   std::string(30'000, 'x'));
  EXPECT_EQ(large.status, 413);
  EXPECT_TRUE(large.has("Access-Control-Allow-Origin: http://o\r\n"));
  EXPECT_EQ(answer_to("rubbish\r\n\r\n").status, 400);
  EXPECT_EQ(answer_to("GET / HTTP/3.0\r\n\r\n").status, 505);
  EXPECT_EQ(answer_to("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n").status, 431);
  EXPECT_EQ(answer_to("GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n").status, 426);
}

TEST(ServerHttp, InvitesTheBodyThatWaitsForIt) {
  RunningServer running;
  Peer peer(running.port());
  peer.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(peer.read_response().status, 100);
  peer.send("hi");
  EXPECT_EQ(peer.read_response().body, "POST / hi");
}

TEST(ServerHttp, SendsLargeSharedBodiesWithoutCopies) {
  RunningServer running;
  const auto body = std::make_shared<const std::string>(20'000'000, 'z');
  running.handler.http = [&](ConnectionId id, HttpRequest) {
    running.server->respond(id, {.headers = {}, .body = {}, .shared_body = body});
  };
  Peer peer(running.port());
  peer.send("GET / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(peer.read_response().body.size(), body->size());
  EXPECT_EQ(peer.read_response().body.size(), body->size());
}

TEST(ServerHttp, AnswersAClientThatHasFinishedSending) {
  RunningServer running;
  running.handler.http = [&](ConnectionId id, HttpRequest) {
    running.loop.call_after(std::chrono::milliseconds(10), [&running, id] { running.server->respond(id, {}); });
  };
  Peer peer(running.port());
  peer.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  peer.finish_sending();
  EXPECT_EQ(peer.read_response().status, 200);
  EXPECT_TRUE(peer.sees_end());
}

TEST(ServerHttp, ForgetsClientsThatVanishWhileTheyWait) {
  RunningServer running;
  bool asked = false;
  running.handler.http = [&](ConnectionId, HttpRequest) { asked = true; };
  Peer peer(running.port());
  peer.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_TRUE(running.eventually([&] { return asked; }));
  peer.reset();
  EXPECT_TRUE(running.eventually([&] { return running.server->connection_count() == 0; }));
}

}  // namespace
}  // namespace throng::net
