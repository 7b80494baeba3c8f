// One timer for all deadlines of a Server: time-outs and pings.

#include "base/counters.h"
#include "net/connection_table.h"
#include "net/server.h"
#include "net/websocket/frame_codec.h"

namespace throng::net {
namespace {

/// Each sweep looks at every fourth connection, so that the pings of many never come in one burst.
constexpr std::uint32_t kSweepSlices = 4;
/// First pings of connections that opened together are spread over half an interval in this many steps.
constexpr std::uint32_t kPingSteps = 16;

}  // namespace

void Server::schedule_sweep() {
  sweep_timer_ = loop_.call_after(limits_.sweep_interval, [this] {
    sweep();
    schedule_sweep();
  });
}

void Server::sweep() {
  sweep_turn_ = (sweep_turn_ + 1) % kSweepSlices;
  for (std::size_t i = sweep_turn_; i < connections_->slots(); i += kSweepSlices) {
    Connection& connection = connections_->at(i);
    if (connection.phase == Phase::Free) continue;
    const bool is_idle_http = connection.phase == Phase::Reading && connection.http->reader.idle();
    if (draining_ && is_idle_http)
      release(connection);
    else if (loop_.now() >= connection.deadline)
      on_deadline(connection);
  }
}

void Server::on_deadline(Connection& connection) {
  switch (connection.phase) {
    case Phase::Free: return;
    case Phase::Reading:
      if (connection.http->reader.idle()) return release(connection);
      return refuse(connection, 408);
    case Phase::Answering:
    case Phase::Upgrading: return refuse(connection, 503);
    case Phase::Handshaking:
    case Phase::Responding:
    case Phase::Lingering: return release(connection);
    case Phase::Open: return look_after_websocket(connection);
    case Phase::Closing: return on_vanished(connection);
  }
}

/// Whoever has sent anything since the last look is alive and needs no ping.
void Server::look_after_websocket(Connection& connection) {
  connection.deadline = loop_.now() + limits_.websocket_ping_interval;
  if (connection.heard) {
    connection.heard = false;
    connection.missed_pongs = 0;
    return;
  }
  if (connection.missed_pongs >= limits_.missed_pongs_max) {
    count(Counter::PongTimeout);
    connection.transport.discard_input();
    return end_websocket(connection, {kCloseAbnormal, false, "no pong in time"});
  }
  ++connection.missed_pongs;  // until something is heard
  write_control(connection, static_cast<std::uint8_t>(Opcode::Ping), {});
}

MonotonicTime Server::first_ping_time(const Connection& connection) const {
  const auto step = limits_.websocket_ping_interval / (2 * kPingSteps);
  return loop_.now() + limits_.websocket_ping_interval - step * (connection.id.index % kPingSteps);
}

}  // namespace throng::net
