#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/counters.h"
#include "net/peer.h"
#include "net/running_server.h"

namespace throng::net {
namespace {

using test::Frame;
using test::Peer;
using test::RunningServer;
using FrameKind = FrameEvent::Kind;

TEST(ServerWebSocket, EchoesMessagesOfEverySize) {
  RunningServer running;
  Peer peer(running.port());
  const test::Response response = peer.upgrade();
  ASSERT_EQ(response.status, 101);
  EXPECT_TRUE(response.has("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
  EXPECT_FALSE(response.has("Extensions"));
  for (const std::size_t size : {0u, 1u, 125u, 126u, 4096u}) {
    peer.send_frame(Opcode::Binary, std::string(size, 'm'));
    EXPECT_EQ(peer.read_message(), std::string(size, 'm'));
  }
}

TEST(ServerWebSocket, TakesFramesThatCameWithTheRequest) {
  RunningServer running;
  Peer peer(running.port());
  peer.upgrade("/", Peer::frame(Opcode::Binary, "early") + Peer::frame(Opcode::Binary, "bird").substr(0, 5));
  EXPECT_EQ(peer.read_message(), "early");
  peer.send(Peer::frame(Opcode::Binary, "bird").substr(5));
  EXPECT_EQ(peer.read_message(), "bird");
}

TEST(ServerWebSocket, AnswersPingsWithTheirPayload) {
  RunningServer running;
  Peer peer(running.port());
  peer.upgrade();
  peer.send(Peer::frame(Opcode::Text, "a", false) + Peer::frame(Opcode::Ping, "pp") +
            Peer::frame(Opcode::Continuation, "b"));
  const Frame pong = peer.read_frame();
  EXPECT_EQ(pong.kind, FrameKind::Pong);
  EXPECT_EQ(pong.payload, "pp");
  EXPECT_EQ(peer.read_message(), "ab");
}

TEST(ServerWebSocket, ReportsThePeersClose) {
  RunningServer running;
  Peer peer(running.port());
  peer.upgrade();
  peer.send_frame(Opcode::Close, as_text(close_payload(4000, "consented")));
  const Frame answer = peer.read_frame();
  EXPECT_EQ(answer.kind, FrameKind::Close);
  EXPECT_EQ(answer.close_code, 4000);
  EXPECT_TRUE(peer.sees_end());
  const CloseInfo info = running.handler.closed();
  EXPECT_EQ(info.code, 4000);
  EXPECT_TRUE(info.by_peer);
  EXPECT_EQ(info.reason_text, "consented");
  EXPECT_EQ(running.handler.closed_tag(), 7u);
}

TEST(ServerWebSocket, ReportsACloseWithoutACode) {
  RunningServer running;
  Peer peer(running.port());
  peer.upgrade();
  peer.send_frame(Opcode::Close, "");
  EXPECT_EQ(peer.read_frame().close_code, kCloseNoStatus);
  EXPECT_EQ(running.handler.closed().code, kCloseNoStatus);
}

TEST(ServerWebSocket, ReportsAPeerThatVanished) {
  RunningServer running;
  Peer peer(running.port());
  peer.upgrade();
  peer.close();
  EXPECT_EQ(running.handler.closed().code, kCloseAbnormal);
  EXPECT_EQ(running.on_loop([&] { return running.server->websocket_count(); }), 0u);
}

TEST(ServerWebSocket, ClosesWithAHandshake) {
  RunningServer running;
  running.handler.message = [&](ConnectionId id, std::uint64_t, ByteSpan, bool) {
    running.server->close(id, 4001, "shutting down");
    running.server->close(id, 4002, "ignored");
    FrameBuffer late;
    EXPECT_EQ(running.server->send(id, late), SendStatus::Gone);
  };
  Peer peer(running.port());
  peer.upgrade();
  peer.send(Peer::frame(Opcode::Binary, "go") + Peer::frame(Opcode::Binary, "not delivered any more"));
  const Frame close = peer.read_frame();
  EXPECT_EQ(close.close_code, 4001);
  EXPECT_EQ(close.payload, "shutting down");
  EXPECT_EQ(running.handler.close_count(), 0u);
  peer.send_frame(Opcode::Close, as_text(close_payload(4001, "")));
  EXPECT_TRUE(peer.sees_end());
  const CloseInfo info = running.handler.closed();
  EXPECT_EQ(info.code, 4001);
  EXPECT_FALSE(info.by_peer);
}

TEST(ServerWebSocket, TellsThePeerWhatItDidWrong) {
  RunningServer running;
  const auto code_for = [&](const std::string& bytes) {
    Peer peer(running.port());
    peer.upgrade();
    peer.send(bytes);
    const std::uint16_t code = peer.read_frame().close_code;
    EXPECT_TRUE(peer.sees_end());
    return code;
  };
  EXPECT_EQ(code_for(std::string("\x82\x01x", 3)), 1002);
  EXPECT_EQ(code_for(Peer::frame(Opcode::Text, "\xFF")), 1007);
  EXPECT_EQ(code_for(Peer::frame(Opcode::Binary, std::string(100'000, 'x'))), 1009);
  EXPECT_EQ(running.handler.closed(0).code, 1002);
  EXPECT_EQ(running.handler.closed(1).code, 1007);
  EXPECT_EQ(running.handler.closed(2).code, 1009);
}

/// Sends frames of 10 kB, each with its number in front, until the server refuses; returns how many were taken.
int fill_up(RunningServer& running, ConnectionId id) {
  for (int i = 0;; ++i) {
    FrameBuffer frame;
    frame.append(as_bytes(fmt::format("{:06}", i) + std::string(10'000, 'q')));
    const SendStatus status = running.server->send(id, frame);
    if (status == SendStatus::Refused) return i;
    EXPECT_NE(status, SendStatus::Gone);
  }
}

TEST(ServerWebSocket, BoundsWhatWaitsForASlowReaderAndKeepsTheOrder) {
  RunningServer running({.out_queue_bytes_max = 100'000});
  bool drained = false;
  running.handler.drained = [&](ConnectionId) { drained = true; };
  Peer peer(running.port(), 4096);
  peer.upgrade();
  const ConnectionId id = running.on_loop([&] { return running.handler.last; });
  const int taken = running.on_loop([&] { return fill_up(running, id); });
  EXPECT_LE(running.on_loop([&] { return running.server->queued_bytes(id); }), 100'000u);
  peer.send_frame(Opcode::Ping, "behind");
  for (int i = 0; i < taken; ++i) ASSERT_EQ(peer.read_message().substr(0, 6), fmt::format("{:06}", i));
  EXPECT_EQ(peer.read_frame().kind, FrameKind::Pong);
  EXPECT_TRUE(running.eventually([&] { return drained; }));
  EXPECT_EQ(running.on_loop([&] { return running.server->queued_bytes(id); }), 0u);
}

TEST(ServerWebSocket, GivesUpOnAPeerThatReadsNothingAfterOurClose) {
  RunningServer running({.out_queue_bytes_max = 100'000, .close_timeout = std::chrono::milliseconds(30)});
  Peer peer(running.port(), 4096);
  peer.upgrade();
  const ConnectionId id = running.on_loop([&] { return running.handler.last; });
  running.on_loop([&] {
    fill_up(running, id);
    running.server->close(id, 4002, "too slow");
  });
  EXPECT_EQ(running.handler.closed().code, 4002);
  EXPECT_EQ(running.on_loop([&] { return running.server->connection_count(); }), 0u);
}

TEST(ServerWebSocket, TakesOneFrameOfAnySizeWhenNothingWaits) {
  RunningServer running({.out_queue_bytes_max = 1000});
  running.handler.message = [&](ConnectionId id, std::uint64_t, ByteSpan, bool) {
    FrameBuffer frame;
    frame.append(as_bytes(std::string(8'000'000, 's')));
    EXPECT_EQ(running.server->send(id, frame), SendStatus::Queued);
    EXPECT_EQ(running.server->send(id, frame), SendStatus::Refused);
  };
  Peer peer(running.port(), 4096);
  peer.upgrade();
  peer.send_frame(Opcode::Binary, "snapshot");
  EXPECT_EQ(peer.read_message().size(), 8'000'000u);
}

TEST(ServerWebSocket, ServesManyConnectionsInBatches) {
  RunningServer running;
  std::vector<Peer> peers;
  for (std::size_t i = 0; i < kHotImmediateMax + 20; ++i) {
    peers.emplace_back(running.port());
    ASSERT_EQ(peers.back().upgrade().status, 101);
  }
  for (int round = 0; round < 5; ++round) {
    for (Peer& peer : peers) peer.send(Peer::frame(Opcode::Binary, "one") + Peer::frame(Opcode::Binary, "two"));
    for (Peer& peer : peers) {
      EXPECT_EQ(peer.read_message(), "one");
      EXPECT_EQ(peer.read_message(), "two");
    }
  }
}

TEST(ServerWebSocket, LetsAHandlerEndOtherConnectionsInTheMiddleOfABatch) {
  RunningServer running;
  std::vector<ConnectionId> ids;
  running.handler.upgrade = [&](ConnectionId id, HttpRequest) {
    ids.push_back(id);
    running.server->accept_websocket(id, 0);
  };
  running.handler.message = [&](ConnectionId, std::uint64_t, ByteSpan, bool) {
    for (const ConnectionId id : ids) running.server->terminate(id);
  };
  std::vector<Peer> peers;
  for (std::size_t i = 0; i < 100; ++i) {
    peers.emplace_back(running.port());
    ASSERT_EQ(peers.back().upgrade().status, 101);
  }
  for (Peer& peer : peers) peer.send_frame(Opcode::Binary, "end");
  for (Peer& peer : peers) EXPECT_EQ(peer.read_frame().kind, FrameKind::NeedMore);
  EXPECT_EQ(running.on_loop([&] { return running.loop.hot_count(); }), 0u);
}

}  // namespace
}  // namespace throng::net
