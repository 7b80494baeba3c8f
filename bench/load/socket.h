#pragma once
// Non-blocking sockets and the readiness queue, as thin as they can be.

#include <sys/epoll.h>
#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"

namespace throng::bench {

/// Owns a descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    other.reset();
    return *this;
  }
  ~Descriptor() { reset(); }

  int number() const { return number_; }
  bool open() const { return number_ >= 0; }
  void reset();

 private:
  int number_ = -1;
};

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

Result<SocketAddress> resolve(const std::string& host, std::uint16_t port);

struct ConnectOptions {
  std::optional<std::uint32_t> source_index;  // local address 127.0.0.(2 + index), index in [0, 200]
  int receive_window_bytes = 0;               // 0 is the system's choice
};
/// Begins to connect; writable when done. TCP_NODELAY is set.
Result<Descriptor> begin_connect(const SocketAddress& to, const ConnectOptions& options);
/// The pending error of a socket, 0 when the connection stands.
int socket_error(int descriptor);

/// Reads what there is, at most `into`. Nothing when nothing waits; an empty span when the peer has gone.
std::optional<ByteSpan> receive_some(int descriptor, std::span<std::uint8_t> into);
/// Bytes taken by the kernel; 0 when it takes none just now, nothing when the peer has gone.
std::optional<std::size_t> send_some(int descriptor, ByteSpan bytes);

/// Who an event belongs to.
struct EventTag {
  std::uint32_t kind = 0;
  std::uint32_t index = 0;
};

/// epoll, level-triggered.
class Readiness {
 public:
  Readiness();
  void add(int descriptor, std::uint32_t events, EventTag tag);
  void change(int descriptor, std::uint32_t events, EventTag tag);
  /// Waits at most `at_most`; the number of events filled in.
  std::size_t wait(std::span<epoll_event> events, Nanoseconds at_most);
  static EventTag tag_of(const epoll_event& event);

 private:
  Descriptor epoll_;
};

/// Raises the limit of open descriptors as far as allowed; returns it.
std::uint64_t raise_descriptor_limit();

}  // namespace throng::bench
