#pragma once
// What the server knows about one connection. Kept small: an idle WebSocket is this and nothing else.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "net/address.h"
#include "net/connection_id.h"
#include "net/http/message.h"
#include "net/http/request_reader.h"
#include "net/out_queue.h"
#include "net/transport.h"
#include "net/websocket/frame_codec.h"

namespace throng::net {

enum class Phase : std::uint8_t {
  Free,
  Handshaking,  ///< TLS
  Reading,      ///< waiting for a request or the rest of it
  Answering,    ///< the handler has a request and owes a response
  Upgrading,    ///< the handler has an upgrade request
  Responding,   ///< a response is partly written
  Open,         ///< WebSocket
  Closing,      ///< WebSocket with our close frame sent or queued
  Lingering,    ///< nothing more to say; reading until the peer has closed, so that no reset eats our last bytes
};

/// What follows when the queue of a Closing connection is empty.
enum class AfterFlush : std::uint8_t { WaitForPeer, Release, Linger };

/// What exists only while a connection speaks HTTP.
struct HttpExchange {
  explicit HttpExchange(RequestReaderLimits limits) : reader(limits) {}

  RequestReader reader;
  std::string accept;       ///< Upgrading: value of Sec-WebSocket-Accept
  std::string origin;       ///< of the request in hand
  bool head_only = false;   ///< the request in hand is HEAD
  bool http_1_0 = false;
  bool keep_alive = false;  ///< what the client wants
  bool close_after = false;
  bool processing = false;  ///< a loop over pipelined requests is on the stack
  std::string head;
  HttpResponse response;
  std::size_t sent = 0;     ///< of head and body together

  ByteSpan unsent_head() const { return as_bytes(head).subspan(std::min(sent, head.size())); }
  ByteSpan unsent_body() const {
    if (head_only) return {};
    const ByteSpan body = as_bytes(response.shared_body ? *response.shared_body : response.body);
    return body.subspan(sent > head.size() ? sent - head.size() : 0);
  }
};

struct Connection {
  ConnectionId id;
  Phase phase = Phase::Free;
  bool is_hot = false;           ///< watched among the hot descriptors
  bool heard = false;            ///< something has come since the last look
  bool close_reported = false;
  bool is_counted = false;       ///< in the address table
  std::uint8_t missed_pongs = 0;
  AfterFlush after_flush = AfterFlush::WaitForPeer;
  std::uint16_t close_code = 0;  ///< Closing: what we said
  std::uint32_t events = 0;      ///< EPOLL* bits that are watched
  Transport transport;
  MonotonicTime deadline{};      ///< of the phase; Open: when to look whether a ping is due
  std::uint64_t tag = 0;
  Address address;
  FrameParser parser{FrameParser::Role::Server, 0};
  std::unique_ptr<OutQueue> out;  ///< only while the kernel does not take everything
  std::unique_ptr<HttpExchange> http;
  std::unique_ptr<std::vector<std::uint8_t>> unread;  ///< frames that came right behind the upgrade request
};

}  // namespace throng::net
