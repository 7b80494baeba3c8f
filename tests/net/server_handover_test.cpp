#include <gtest/gtest.h>

#include "net/peer.h"
#include "net/running_server.h"

namespace throng::net {
namespace {

using test::Peer;
using test::RunningServer;

/// Connections accepted by `front` are answered by `back`.
void hand_over(RunningServer& front, RunningServer& back) {
  front.handler.upgrade = [&](ConnectionId id, HttpRequest) {
    DetachedConnection detached = front.server->detach(id);
    EXPECT_TRUE(detached);
    back.loop.post([&back, moved = std::move(detached)]() mutable {
      const ConnectionId adopted = back.server->adopt(std::move(moved));
      back.handler.on_upgrade(adopted, {});
    });
  };
}

/// A peer that connects to `front` when both workers run.
Peer connect(RunningServer& front, RunningServer& back) {
  back.start();
  return Peer(front.port());
}

TEST(ServerHandover, MovesConnectionsToAnotherWorker) {
  RunningServer front;
  RunningServer back;
  hand_over(front, back);
  Peer peer = connect(front, back);
  ASSERT_EQ(peer.upgrade("/", Peer::frame(Opcode::Binary, "early")).status, 101);
  EXPECT_EQ(peer.read_message(), "early");
  peer.send_frame(Opcode::Binary, "later");
  EXPECT_EQ(peer.read_message(), "later");
  EXPECT_EQ(front.on_loop([&] { return front.server->connection_count(); }), 0u);
  EXPECT_EQ(back.on_loop([&] { return back.server->websocket_count(); }), 1u);
  peer.close();
  EXPECT_EQ(back.handler.closed().code, kCloseAbnormal);
}

TEST(ServerHandover, MovesManyAtOnce) {
  RunningServer front;
  RunningServer back;
  hand_over(front, back);
  std::vector<Peer> peers;
  for (int i = 0; i < 200; ++i) peers.push_back(connect(front, back));
  for (Peer& peer : peers) ASSERT_EQ(peer.upgrade().status, 101);
  for (Peer& peer : peers) peer.send_frame(Opcode::Binary, "x");
  for (Peer& peer : peers) EXPECT_EQ(peer.read_message(), "x");
}

TEST(ServerHandover, AnswersAnAdoptedConnectionWithAnError) {
  RunningServer front;
  RunningServer back;
  hand_over(front, back);
  back.handler.upgrade = [&](ConnectionId id, HttpRequest) {
    HttpResponse response;
    response.status = 404;
    back.server->respond(id, std::move(response));
  };
  Peer peer = connect(front, back);
  EXPECT_EQ(peer.upgrade().status, 404);
  EXPECT_TRUE(peer.sees_end());
}

TEST(ServerHandover, ClosesWhatNobodyAdopts) {
  RunningServer running;
  running.handler.upgrade = [&](ConnectionId id, HttpRequest) { running.server->detach(id); };
  Peer peer(running.port());
  EXPECT_EQ(peer.upgrade().status, 0);
  EXPECT_EQ(running.on_loop([&] { return running.server->connection_count(); }), 0u);
}

TEST(ServerHandover, RefusesToAdoptAboveTheLimit) {
  RunningServer front;
  RunningServer back({.connections_max = 0});
  hand_over(front, back);
  Peer peer = connect(front, back);
  EXPECT_EQ(peer.upgrade().status, 0);
}

}  // namespace
}  // namespace throng::net
