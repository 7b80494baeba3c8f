#include "net/server.h"

#include <gtest/gtest.h>

#include "base/counters.h"
#include "net/peer.h"
#include "net/running_server.h"

namespace throng::net {
namespace {

using test::Peer;
using test::RunningServer;

constexpr std::string_view kPlainGet = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

TEST(Server, RefusesConnectionsAboveItsLimit) {
  RunningServer running({.connections_max = 1});
  Peer first(running.port());
  first.send(kPlainGet);
  EXPECT_EQ(first.read_response().status, 200);
  Peer second(running.port());
  EXPECT_TRUE(second.sees_end());
  first.close();
  ASSERT_TRUE(running.eventually([&] { return running.server->connection_count() == 0; }));
  Peer third(running.port());
  third.send(kPlainGet);
  EXPECT_EQ(third.read_response().status, 200);
}

TEST(Server, RefusesAddressesThatOpenTooMany) {
  RunningServer running({.connections_per_address_max = 1, .limit_loopback = true});
  Peer first(running.port());
  first.send(kPlainGet);
  EXPECT_EQ(first.read_response().status, 200);
  Peer second(running.port());
  EXPECT_TRUE(second.sees_end());
}

TEST(Server, CountsClientsBehindATrustedProxyByTheirOwnAddress) {
  RunningServer running({.connections_per_address_max = 1, .trust_proxy = true});
  const auto upgrade_from = [&](Peer& peer, const std::string& address) {
    peer.send("GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 7.7.7.7, " + address +
              "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    return peer.read_response().status;
  };
  Peer first(running.port());
  Peer second(running.port());
  Peer third(running.port());
  EXPECT_EQ(upgrade_from(first, "192.0.2.1"), 101);
  EXPECT_EQ(upgrade_from(second, "192.0.2.1"), 429);
  EXPECT_EQ(upgrade_from(third, "192.0.2.2"), 101);
  EXPECT_EQ(running.on_loop([&] { return running.server->peer(running.handler.last).address; }), "192.0.2.2");
}

TEST(Server, StopsAcceptingButFinishesWhatIsOpen) {
  RunningServer running;
  Peer idle(running.port());
  Peer socket(running.port());
  idle.send(kPlainGet);
  idle.read_response();
  ASSERT_EQ(socket.upgrade().status, 101);
  running.on_loop([&] { running.server->stop_accepting(); });
  EXPECT_TRUE(idle.sees_end());
  Peer late(running.port());
  EXPECT_TRUE(late.connected());
  socket.send_frame(Opcode::Binary, "still here");
  EXPECT_EQ(socket.read_message(), "still here");
  EXPECT_EQ(running.on_loop([&] { return running.server->connection_count(); }), 1u);
}

TEST(Server, EndsResponsesWithTheConnectionWhileDraining) {
  RunningServer running;
  ConnectionId waiting;
  running.handler.http = [&](ConnectionId id, HttpRequest) { waiting = id; };
  Peer peer(running.port());
  peer.send(kPlainGet);
  ASSERT_TRUE(running.eventually([&] { return waiting != ConnectionId{}; }));
  running.on_loop([&] {
    running.server->stop_accepting();
    running.server->respond(waiting, {});
  });
  EXPECT_TRUE(peer.read_response().has("Connection: close"));
  EXPECT_TRUE(peer.sees_end());
}

TEST(Server, TerminateEndsAtOnceAndTellsNobody) {
  RunningServer running;
  running.handler.message = [&](ConnectionId id, std::uint64_t, ByteSpan, bool) { running.server->terminate(id); };
  Peer peer(running.port());
  ASSERT_EQ(peer.upgrade().status, 101);
  peer.send_frame(Opcode::Binary, "a");
  EXPECT_TRUE(peer.sees_end());
  EXPECT_TRUE(running.eventually([&] { return running.server->connection_count() == 0; }));
  EXPECT_EQ(running.handler.close_count(), 0u);
}

TEST(Server, IgnoresStaleIds) {
  RunningServer running;
  Peer peer(running.port());
  ASSERT_EQ(peer.upgrade().status, 101);
  const ConnectionId id = running.on_loop([&] { return running.handler.last; });
  peer.close();
  EXPECT_EQ(running.handler.closed().code, kCloseAbnormal);
  const auto use_everything = [&] {
    Server& server = *running.server;
    FrameBuffer frame;
    server.respond(id, {});
    server.close(id, 1000, "");
    server.terminate(id);
    server.set_tag(id, 1);
    const bool quiet = !server.accept_websocket(id, 1) && !server.detach(id) && server.queued_bytes(id) == 0;
    return quiet && server.send(id, frame) == SendStatus::Gone && server.peer(id).address.empty();
  };
  EXPECT_TRUE(running.on_loop(use_everything));
}

}  // namespace
}  // namespace throng::net
