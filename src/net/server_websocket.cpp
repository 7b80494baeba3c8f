// The WebSocket half of Server: frames in and out, the close handshake.

#include <array>
#include <cstring>

#include <sys/epoll.h>

#include "base/assert.h"
#include "base/counters.h"
#include "base/metrics.h"
#include "net/connection_table.h"
#include "net/server.h"
#include "net/websocket/frame_codec.h"

namespace throng::net {
namespace {

/// Control frames may go this far above the limit of the queue, so that a slow reader can still be told goodbye.
constexpr std::size_t kControlReserve = 1024;

Counter counter_of_violation(std::uint16_t code) {
  if (code == kCloseTooBig) return Counter::FrameTooLarge;
  if (code == kCloseNotUtf8) return Counter::FrameNotUtf8;
  return Counter::FrameProtocolError;
}

std::string_view words_for_violation(std::uint16_t code) {
  if (code == kCloseTooBig) return "message too big";
  if (code == kCloseNotUtf8) return "text is not UTF-8";
  return "protocol error";
}

}  // namespace

SendStatus Server::send(ConnectionId id, FrameBuffer& message) {
  Connection* connection = connections_->find(id);
  if (connection == nullptr || connection->phase != Phase::Open) return SendStatus::Gone;
  const FrameHeader header = encode_header(Opcode::Binary, message.size());
  const SendStatus status = write(*connection, message.with_header(header.view()), limits_.out_queue_bytes_max);
  if (status == SendStatus::Sent || status == SendStatus::Queued) count(Counter::FramesOut);
  return status;
}

SendStatus Server::write(Connection& connection, ByteSpan bytes, std::size_t queue_bytes_max) {
  if (connection.out) {
    if (connection.out->size() + bytes.size() > queue_bytes_max) return SendStatus::Refused;
    queue(connection, bytes);
    return SendStatus::Queued;
  }
  const IoResult sent = connection.transport.send(bytes);
  if (sent.state == IoState::Ok) [[likely]] {
    count(Counter::BytesOut, sent.bytes);
    if (sent.bytes == bytes.size()) [[likely]]
      return SendStatus::Sent;
  } else if (sent.state != IoState::WouldBlock) {
    connection.transport.break_off();  // the loop will say so; the caller may be in the middle of something
    return SendStatus::Gone;
  }
  connection.out = std::make_unique<OutQueue>();
  shift(Gauge::OutQueues, 1);
  queue(connection, bytes.subspan(sent.bytes));
  watch_events(connection, EPOLLIN | EPOLLOUT);
  return SendStatus::Queued;
}

void Server::queue(Connection& connection, ByteSpan bytes) {
  connection.out->append(bytes);
  shift(Gauge::OutQueueBytes, static_cast<std::int64_t>(bytes.size()));
}

void Server::write_control(Connection& connection, std::uint8_t opcode, ByteSpan payload) {
  THRONG_ASSERT(payload.size() <= kControlPayloadMax, "a control frame is too long");
  std::array<std::uint8_t, 2 + kControlPayloadMax> frame{};
  const FrameHeader header = encode_header(static_cast<Opcode>(opcode), payload.size());
  std::memcpy(frame.data(), header.bytes.data(), 2);
  if (!payload.empty()) std::memcpy(frame.data() + 2, payload.data(), payload.size());
  write(connection, ByteSpan(frame).first(2 + payload.size()), limits_.out_queue_bytes_max + kControlReserve);
}

void Server::on_websocket_ready(Connection& connection, std::uint32_t events) {
  if ((events & EPOLLOUT) != 0 && connection.out && !flush(connection)) return;
  if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) read_frames(connection);
}

/// False when the connection is gone.
bool Server::flush(Connection& connection) {
  const ConnectionId id = connection.id;
  while (!connection.out->empty()) {
    const IoResult sent = connection.transport.send(connection.out->front());
    if (sent.state == IoState::WouldBlock) return true;
    if (sent.state != IoState::Ok) {
      on_vanished(connection);
      return false;
    }
    count(Counter::BytesOut, sent.bytes);
    connection.out->consume(sent.bytes);
    shift(Gauge::OutQueueBytes, -static_cast<std::int64_t>(sent.bytes));
  }
  connection.out.reset();
  shift(Gauge::OutQueues, -1);
  watch_events(connection, EPOLLIN);
  if (connection.phase == Phase::Open)
    handler_.on_drained(id, connection.tag);
  else
    after_flush(connection);
  const Connection* now = connections_->find(id);
  return now != nullptr && now->phase != Phase::Lingering;
}

void Server::read_frames(Connection& connection) {
  const ConnectionId id = connection.id;
  if (connection.unread) feed_unread(id);
  do {
    if (connections_->find(id) == nullptr) return;
    const IoResult got = connection.transport.receive(scratch_);
    if (got.state == IoState::WouldBlock) return;
    if (got.state != IoState::Ok) return on_vanished(connection);
    count(Counter::BytesIn, got.bytes);
    connection.heard = true;
    if (!feed_frames(connection, std::span(scratch_).first(got.bytes))) return;
  } while (connection.transport.has_buffered_input());
}

/// False when the connection is gone or past listening.
bool Server::feed_frames(Connection& connection, std::span<std::uint8_t> bytes) {
  const ConnectionId id = connection.id;
  for (;;) {
    const FrameEvent event = connection.parser.next(bytes);
    switch (event.kind) {
      case FrameEvent::Kind::NeedMore: return true;
      case FrameEvent::Kind::Message:
        if (connection.phase != Phase::Open) break;  // ours is the last word already
        count(Counter::MessagesIn);
        handler_.on_message(id, connection.tag, event.payload, event.is_text);
        if (connections_->find(id) == nullptr) return false;
        break;
      case FrameEvent::Kind::Ping:
        if (connection.phase == Phase::Open)
          write_control(connection, static_cast<std::uint8_t>(Opcode::Pong), event.payload);
        break;
      case FrameEvent::Kind::Pong: break;  // having been heard is enough
      case FrameEvent::Kind::Close: on_peer_close(connection, event.close_code, as_text(event.payload)); return false;
      case FrameEvent::Kind::Violation: on_violation(connection, event.close_code); return false;
    }
  }
}

void Server::feed_unread(ConnectionId id) {
  Connection* connection = connections_->find(id);
  if (connection == nullptr || !connection->unread) return;
  const std::unique_ptr<std::vector<std::uint8_t>> bytes = std::move(connection->unread);
  connection->heard = true;
  feed_frames(*connection, *bytes);
}

void Server::close(ConnectionId id, std::uint16_t code, std::string_view reason) {
  Connection* connection = connections_->find(id);
  if (connection == nullptr || connection->phase != Phase::Open) return;
  if (!THRONG_ODD(is_valid_close_code(code), "a WebSocket was closed with a code that may not be sent"))
    code = kCloseNormal;
  begin_closing(*connection, code, reason);
}

void Server::begin_closing(Connection& connection, std::uint16_t code, std::string_view reason) {
  const std::vector<std::uint8_t> payload = close_payload(code, reason);
  write_control(connection, static_cast<std::uint8_t>(Opcode::Close), payload);
  connection.phase = Phase::Closing;
  count_websocket(-1);
  connection.close_code = code;
  connection.deadline = loop_.now() + limits_.close_timeout;
}

void Server::on_peer_close(Connection& connection, std::uint16_t code, std::string_view reason) {
  if (connection.phase == Phase::Closing) return end_websocket(connection, {connection.close_code, false, {}});
  CloseInfo info{code, true, std::string(reason)};
  begin_closing(connection, code, reason);
  if (!connection.out) return end_websocket(connection, std::move(info));
  connection.after_flush = AfterFlush::Release;
  connection.close_reported = true;
  handler_.on_closed(connection.id, connection.tag, std::move(info));
}

void Server::on_violation(Connection& connection, std::uint16_t code) {
  count(counter_of_violation(code));
  if (connection.phase == Phase::Closing) return end_websocket(connection, {connection.close_code, false, {}});
  const ConnectionId id = connection.id;
  const std::uint64_t tag = connection.tag;
  begin_closing(connection, code, words_for_violation(code));
  connection.after_flush = AfterFlush::Linger;
  connection.close_reported = true;
  if (!connection.out) after_flush(connection);
  handler_.on_closed(id, tag, {code, false, std::string(words_for_violation(code))});
}

void Server::on_vanished(Connection& connection) {
  if (connection.phase == Phase::Closing) return end_websocket(connection, {connection.close_code, false, {}});
  end_websocket(connection, {kCloseAbnormal, true, {}});
}

void Server::after_flush(Connection& connection) {
  switch (connection.after_flush) {
    case AfterFlush::WaitForPeer: return;
    case AfterFlush::Release: return release(connection);
    case AfterFlush::Linger: return linger(connection);
  }
}

/// Releases first, so that the handler meets a stale id.
void Server::end_websocket(Connection& connection, CloseInfo info) {
  const ConnectionId id = connection.id;
  const std::uint64_t tag = connection.tag;
  const bool reported = connection.close_reported;
  if (connection.phase == Phase::Closing) connection.transport.finish_sending();
  release(connection);
  if (!reported) handler_.on_closed(id, tag, std::move(info));
}

}  // namespace throng::net
