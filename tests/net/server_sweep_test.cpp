#include <gtest/gtest.h>

#include "base/counters.h"
#include "net/peer.h"
#include "net/running_server.h"

namespace throng::net {
namespace {

using std::chrono::milliseconds;
using test::Peer;
using test::RunningServer;
using FrameKind = FrameEvent::Kind;

TEST(ServerSweep, EndsRequestsThatTakeTooLong) {
  RunningServer running({.header_timeout = milliseconds(40)});
  Peer slow_header(running.port());
  slow_header.send("GET / HTTP/1.1\r\nHost:");
  EXPECT_EQ(slow_header.read_response().status, 408);
  EXPECT_TRUE(slow_header.sees_end());
  Peer slow_body(running.port());
  slow_body.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab");
  EXPECT_EQ(slow_body.read_response().status, 408);
}

TEST(ServerSweep, ClosesSilentAndIdleConnectionsWithoutAWord) {
  RunningServer running({.header_timeout = milliseconds(30), .http_idle_timeout = milliseconds(60)});
  Peer silent(running.port());
  EXPECT_TRUE(silent.sees_end());
  Peer idle(running.port());
  idle.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(idle.read_response().status, 200);
  EXPECT_TRUE(idle.sees_end());
}

TEST(ServerSweep, ApologisesForAHandlerThatNeverAnswers) {
  RunningServer running({.answer_timeout = milliseconds(30)});
  running.handler.http = [](ConnectionId, HttpRequest) {};
  Peer peer(running.port());
  peer.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(peer.read_response().status, 503);
}

TEST(ServerSweep, ClosesOnReadersThatDoNotTakeTheirResponse) {
  RunningServer running({.http_idle_timeout = milliseconds(50)});
  running.handler.http = [&](ConnectionId id, HttpRequest) {
    running.server->respond(id, {.headers = {}, .body = std::string(20'000'000, 'x'), .shared_body = nullptr});
  };
  Peer peer(running.port(), 4096);
  peer.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_TRUE(running.eventually([&] { return running.server->connection_count() == 1; }));
  EXPECT_TRUE(running.eventually([&] { return running.server->connection_count() == 0; }));
}

TEST(ServerSweep, DropsPeersThatMissTheirPongs) {
  RunningServer running({.websocket_ping_interval = milliseconds(30), .missed_pongs_max = 2});
  const std::uint64_t before = counted(Counter::PongTimeout);
  Peer peer(running.port());
  peer.upgrade();
  EXPECT_EQ(peer.read_frame().kind, FrameKind::Ping);
  EXPECT_EQ(peer.read_frame().kind, FrameKind::Ping);
  EXPECT_EQ(peer.read_frame().kind, FrameKind::NeedMore);
  EXPECT_EQ(running.handler.closed().code, kCloseAbnormal);
  EXPECT_EQ(counted(Counter::PongTimeout), before + 1);
}

TEST(ServerSweep, KeepsPeersThatAnswer) {
  RunningServer running({.websocket_ping_interval = milliseconds(20), .missed_pongs_max = 2});
  Peer peer(running.port());
  peer.upgrade();
  for (int i = 0; i < 8; ++i) {
    ASSERT_EQ(peer.read_frame().kind, FrameKind::Ping);
    peer.send_frame(Opcode::Pong, "");
  }
  EXPECT_EQ(running.handler.close_count(), 0u);
}

TEST(ServerSweep, NeedsNoPingFromPeersThatSpeak) {
  RunningServer running({.websocket_ping_interval = std::chrono::seconds(5)});
  Peer peer(running.port());
  peer.upgrade();
  for (int i = 0; i < 20; ++i) {
    peer.send_frame(Opcode::Binary, "move");
    ASSERT_EQ(peer.read_frame().kind, FrameKind::Message);
  }
}

TEST(ServerSweep, EndsACloseHandshakeThatThePeerDoesNotFinish) {
  RunningServer running({.close_timeout = milliseconds(30)});
  Peer peer(running.port());
  peer.upgrade();
  running.on_loop([&] { running.server->close(running.handler.last, 4010, "move on"); });
  EXPECT_EQ(peer.read_frame().close_code, 4010);
  EXPECT_TRUE(peer.sees_end());
  EXPECT_EQ(running.handler.closed().code, 4010);
}

}  // namespace
}  // namespace throng::net
