#pragma once
// One connected, non-blocking socket, plain or TLS, as bytes in and out.

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "net/tls.h"

namespace throng::net {

enum class IoState : std::uint8_t { Ok, WouldBlock, Closed /* orderly end by the peer */, Broken };

struct IoResult {
  IoState state = IoState::Ok;
  std::size_t bytes = 0;  ///< above zero when Ok
};

/// Owns the descriptor and the TLS session. One thread at a time; movable to another.
class Transport {
 public:
  Transport() = default;
  explicit Transport(int fd) : fd_(fd) {}
  ~Transport() { close(); }
  Transport(Transport&& other) noexcept;
  Transport& operator=(Transport&& other) noexcept;

  /// False when no session can be made.
  bool start_tls(const TlsContext& context);
  /// Ok when done; WouldBlock: try again when readable (or writable).
  IoState handshake();

  IoResult receive(std::span<std::uint8_t> into);
  /// Never raises a signal for a plain socket. After WouldBlock the same bytes must come first again.
  IoResult send(ByteSpan bytes);
  /// Both with one call where the socket allows it. `bytes` may be less than the first part.
  IoResult send_two(ByteSpan first, ByteSpan second);

  /// Says goodbye (TLS) and ends the sending direction.
  void finish_sending();
  /// Throws away what has arrived, so that closing does not make the kernel answer with a reset.
  void discard_input();
  /// Both directions end; the next readiness says so.
  void break_off();
  void close();

  int fd() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }
  bool is_tls() const { return tls_ != nullptr; }
  /// Whether decrypted bytes wait that the descriptor's readiness does not show.
  bool has_buffered_input() const;

 private:
  IoResult receive_tls(std::span<std::uint8_t> into);
  IoResult send_tls(ByteSpan bytes);
  IoState tls_state(int outcome);

  int fd_ = -1;
  ssl_st* tls_ = nullptr;
};

}  // namespace throng::net
