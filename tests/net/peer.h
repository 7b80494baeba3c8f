#pragma once
// A blocking client for loopback tests; every wait has a limit, so that a broken server fails and does not hang.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "net/websocket/frame_codec.h"

namespace throng::net::test {

struct Response {
  int status = 0;
  std::string head;
  std::string body;
  bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

struct Frame {
  FrameEvent::Kind kind = FrameEvent::Kind::NeedMore;
  std::uint16_t close_code = 0;
  std::string payload;
};

class Peer {
 public:
  explicit Peer(std::uint16_t port, int receive_buffer = 0) {
    fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receive_buffer > 0) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    const timeval limit{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  Peer(Peer&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)),
        connected_(other.connected_),
        unread_(std::move(other.unread_)),
        frame_bytes_(std::move(other.frame_bytes_)) {}
  ~Peer() { close(); }

  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  /// Closes with a reset instead of a farewell.
  void reset() {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close();
  }
  bool connected() const { return connected_; }
  void finish_sending() { ::shutdown(fd_, SHUT_WR); }

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// One response; status 0 when the connection ended first. `no_body` for answers to HEAD.
  Response read_response(bool no_body = false) {
    Response response;
    std::size_t end = std::string::npos;
    while ((end = unread_.find("\r\n\r\n")) == std::string::npos)
      if (!receive_more()) return response;
    response.head = unread_.substr(0, end + 4);
    unread_.erase(0, end + 4);
    response.status = std::atoi(response.head.c_str() + 9);
    const std::size_t length_at = response.head.find("Content-Length: ");
    const std::size_t length = no_body || length_at == std::string::npos
                                   ? 0
                                   : std::strtoul(response.head.c_str() + length_at + 16, nullptr, 10);
    while (unread_.size() < length)
      if (!receive_more()) return response;
    response.body = unread_.substr(0, length);
    unread_.erase(0, length);
    return response;
  }

  /// Whether the server closes without another byte.
  bool sees_end() {
    if (!unread_.empty()) return false;
    return !receive_more() && !timed_out_;
  }

  Response upgrade(std::string_view target = "/p/r?sessionId=s", std::string_view more = "") {
    std::string request = "GET " + std::string(target) +
                          " HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    send(request.append(more));
    return read_response();
  }

  static std::string frame(Opcode opcode, std::string_view payload, bool final_fragment = true) {
    std::vector<std::uint8_t> out;
    append_masked_frame(out, opcode, as_bytes(payload), 0x12345678u, final_fragment);
    return std::string(as_text(out));
  }
  bool send_frame(Opcode opcode, std::string_view payload) { return send(frame(opcode, payload)); }

  /// The next frame; NeedMore when the connection ended first.
  Frame read_frame() {
    for (;;) {
      std::span<std::uint8_t> rest(frame_bytes_);
      const FrameEvent event = parser_.next(rest);
      const Frame frame{event.kind, event.close_code, std::string(as_text(event.payload))};
      frame_bytes_ = std::vector<std::uint8_t>(rest.begin(), rest.end());
      if (frame.kind != FrameEvent::Kind::NeedMore) return frame;
      if (unread_.empty() && !receive_more()) return frame;
      frame_bytes_.assign(unread_.begin(), unread_.end());
      unread_.clear();
    }
  }

  /// The next message, over pings.
  std::string read_message() {
    for (;;) {
      const Frame frame = read_frame();
      if (frame.kind != FrameEvent::Kind::Ping) return frame.payload;
    }
  }

 private:
  bool receive_more() {
    std::array<char, 16'384> bytes{};
    const ssize_t got = ::recv(fd_, bytes.data(), bytes.size(), 0);
    timed_out_ = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (got <= 0) return false;
    unread_.append(bytes.data(), static_cast<std::size_t>(got));
    return true;
  }

  int fd_ = -1;
  bool connected_ = false;
  bool timed_out_ = false;
  std::string unread_;
  std::vector<std::uint8_t> frame_bytes_;
  FrameParser parser_{FrameParser::Role::Client, 1u << 24};
};

}  // namespace throng::net::test
