#pragma once
// HTTP/1.1 and WebSocket on one port, for one worker thread. Moves bytes; knows nothing of games.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/frame_buffer.h"
#include "base/metrics.h"
#include "base/result.h"
#include "net/address_table.h"
#include "net/connection_id.h"
#include "net/event_loop.h"
#include "net/http/message.h"
#include "net/listener.h"
#include "net/tls.h"

namespace throng::net {

class ConnectionTable;
class Transport;
struct Connection;
struct HttpExchange;
struct ReadOutcome;

/// Every limit of the network layer. Time-outs are noticed within 4 sweep intervals.
struct ServerLimits {
  std::size_t header_bytes_max = 16 * 1024;       ///< request line and header; more: 431
  std::size_t body_bytes_max = 64 * 1024;         ///< request body; more: 413
  std::uint32_t message_bytes_max = 4096;         ///< inbound WebSocket message; more: closed with 1009
  std::size_t out_queue_bytes_max = 256 * 1024;   ///< unsent bytes per WebSocket; more: sends are refused
  std::size_t connections_max = 16'384;           ///< per worker
  std::uint32_t connections_per_address_max = 512;
  std::uint32_t new_connections_per_address_per_s = 50;  ///< sustained; twice as many at once
  bool limit_loopback = false;                    ///< whether 127.0.0.0/8 and ::1 obey the two limits above
  bool trust_proxy = false;                       ///< take the peer's address from X-Forwarded-For (last element)
  Nanoseconds header_timeout = std::chrono::seconds(10);    ///< from the first byte of a request to its last: 408
  Nanoseconds http_idle_timeout = std::chrono::seconds(30); ///< between requests; also without progress in writing
  Nanoseconds answer_timeout = std::chrono::seconds(75);    ///< for the handler: 503; a profile takes 60
  Nanoseconds websocket_ping_interval = std::chrono::seconds(3);
  std::uint8_t missed_pongs_max = 2;              ///< then the socket is dropped and on_closed says 1006
  Nanoseconds close_timeout = std::chrono::seconds(2);      ///< for the peer's half of the close handshake
  Nanoseconds sweep_interval = std::chrono::milliseconds(50);  ///< each sweep looks at a quarter of the connections
};

struct Peer {
  std::string address;  ///< textual IP
};

/// How a WebSocket ended.
struct CloseInfo {
  std::uint16_t code = 0;    ///< 1006: gone without a close frame; 1005: close frame without a code
  bool by_peer = false;      ///< the peer began, or vanished
  std::string reason_text;   ///< the peer's own words (untrusted, valid UTF-8), or ours
};

/// What the server tells its owner; all calls on the worker's thread. Calling back into the server is allowed.
class Handler {
 public:
  virtual ~Handler() = default;
  /// Leads to one `respond`, now or later.
  virtual void on_http(ConnectionId, HttpRequest) = 0;
  /// A valid WebSocket upgrade request; leads to one of `accept_websocket`, `detach`, `respond`.
  virtual void on_upgrade(ConnectionId, HttpRequest) = 0;
  /// A whole message; the view holds during the call.
  virtual void on_message(ConnectionId, std::uint64_t tag, ByteSpan message, bool is_text) = 0;
  /// Everything queued has gone to the kernel, after a send had answered Queued.
  virtual void on_drained(ConnectionId, std::uint64_t tag) = 0;
  /// Once per WebSocket that was accepted, unless it ended by our own `terminate`. The id is stale or closing.
  virtual void on_closed(ConnectionId, std::uint64_t tag, CloseInfo) = 0;
};

enum class SendStatus : std::uint8_t {
  Sent,     ///< all in the kernel
  Queued,   ///< kernel buffer full, the remainder is kept and goes out in order
  Refused,  ///< nothing taken: the queue is at its limit; the caller should skip or close
  Gone,     ///< no such open WebSocket
};

/// A connection with a WebSocket upgrade request, between two workers. Dropping it closes the socket.
class DetachedConnection {
 public:
  DetachedConnection();
  DetachedConnection(DetachedConnection&&) noexcept;
  DetachedConnection& operator=(DetachedConnection&&) noexcept;
  ~DetachedConnection();
  /// False for one that was made from a stale id, or moved from.
  explicit operator bool() const { return connection_ != nullptr; }

 private:
  friend class Server;
  std::unique_ptr<Connection> connection_;
};

/// All calls on the loop's thread.
class Server final : private FdHandler {
 public:
  /// @param addresses  limits per address, shared by the workers; without it the server has its own
  Server(EventLoop& loop, const ServerLimits& limits, Handler& handler, const Clock& clock,
         std::shared_ptr<AddressTable> addresses = nullptr);
  ~Server() override;
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Begins to accept from a socket that all workers share and that the caller owns.
  /// @param tls  null for plain TCP
  Result<void> start(int shared_listen_fd, std::shared_ptr<const TlsContext> tls);
  /// No new connections; responses from now on end theirs. The listening descriptor stays open.
  void stop_accepting();

  void respond(ConnectionId id, HttpResponse response);

  /// Answers 101 and switches to frames; frames that came early follow in this or the next turn, never during this
  /// call. False when the connection is gone; then nothing more will be heard of it.
  bool accept_websocket(ConnectionId id, std::uint64_t tag);
  /// Takes a connection in on_upgrade out of this worker, for `adopt` on another one.
  DetachedConnection detach(ConnectionId id);
  /// The connection waits for accept_websocket or respond here. The default id when this worker is full.
  ConnectionId adopt(DetachedConnection detached);

  void set_tag(ConnectionId id, std::uint64_t tag);
  /// One binary message in one frame; the header goes into the headroom. When nothing is queued a frame is taken
  /// whatever its size, else out_queue_bytes_max bounds what waits.
  SendStatus send(ConnectionId id, FrameBuffer& message);
  /// Close handshake, then on_closed with this code. Queued frames go first. Sends answer Gone from now on.
  void close(ConnectionId id, std::uint16_t code, std::string_view reason);
  /// Ends the connection at once, whatever it is; the peer sees 1006. No on_closed.
  void terminate(ConnectionId id);

  std::size_t queued_bytes(ConnectionId id) const;
  Peer peer(ConnectionId id) const;
  /// Of every kind.
  std::size_t connection_count() const;
  std::size_t websocket_count() const { return websockets_; }

 private:
  void on_ready(std::uint64_t token, std::uint32_t events) override;

  // server.cpp: accepting, watching, ending
  void accept_some();
  void accept_one(int fd, const Address& address);
  void pause_accepting();
  void watch_listener();
  void on_connection_ready(Connection& connection, std::uint32_t events);
  void on_handshake(Connection& connection);
  void watch_events(Connection& connection, std::uint32_t events);
  void release(Connection& connection);
  void count_websocket(std::int64_t by);
  void linger(Connection& connection);
  void on_linger_ready(Connection& connection);

  // server_http.cpp
  void read_http(Connection& connection);
  void process(Connection& connection, ReadOutcome outcome);
  void dispatch(Connection& connection);
  void fill_peer(Connection& connection, HttpRequest& request);
  void refuse(Connection& connection, int status);
  void answer_continue(Connection& connection);
  void begin_response(Connection& connection, HttpResponse response, bool close_after);
  void write_response(Connection& connection);
  void finish_response(Connection& connection);
  std::string_view date();

  // server_websocket.cpp
  void on_websocket_ready(Connection& connection, std::uint32_t events);
  void read_frames(Connection& connection);
  bool feed_frames(Connection& connection, std::span<std::uint8_t> bytes);
  void feed_early();
  void feed_unread(ConnectionId id);
  void on_peer_close(Connection& connection, std::uint16_t code, std::string_view reason);
  void on_violation(Connection& connection, std::uint16_t code);
  void on_vanished(Connection& connection);
  bool flush(Connection& connection);
  void queue(Connection& connection, ByteSpan bytes);
  SendStatus write(Connection& connection, ByteSpan bytes, std::size_t queue_bytes_max);
  void write_control(Connection& connection, std::uint8_t opcode, ByteSpan payload);
  void begin_closing(Connection& connection, std::uint16_t code, std::string_view reason);
  void after_flush(Connection& connection);
  void end_websocket(Connection& connection, CloseInfo info);

  // server_sweep.cpp
  void schedule_sweep();
  void sweep();
  void on_deadline(Connection& connection);
  void look_after_websocket(Connection& connection);
  MonotonicTime first_ping_time(const Connection& connection) const;

  EventLoop& loop_;
  const ServerLimits limits_;
  Handler& handler_;
  const Clock& clock_;
  std::shared_ptr<AddressTable> addresses_;
  std::unique_ptr<ConnectionTable> connections_;
  std::shared_ptr<const TlsContext> tls_;
  std::vector<std::uint8_t> scratch_;  ///< where every read lands; views into it live during one handler call
  std::size_t websockets_ = 0;         ///< Open ones
  int listen_fd_ = -1;
  bool listening_ = false;
  bool draining_ = false;
  std::uint32_t sweep_turn_ = 0;
  TimerId sweep_timer_;
  TimerId accept_timer_;
  TimerId early_timer_;
  std::vector<ConnectionId> early_;  ///< accepted in this turn with frames right behind the request; few
  const std::array<CounterSeries, 5> http_status_;  ///< by the first digit
  std::int64_t date_second_ = -1;
  std::string date_;
};

}  // namespace throng::net
