#include "load/socket.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "base/assert.h"

namespace throng::bench {
namespace {

constexpr std::uint32_t kFirstSource = 0x7f000002;  // 127.0.0.2

void set_option(int descriptor, int level, int option, int value) {
  setsockopt(descriptor, level, option, &value, sizeof value);  // an unset option costs speed, not correctness
}

epoll_event event_for(std::uint32_t events, EventTag tag) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = (std::uint64_t{tag.kind} << 32) | tag.index;
  return event;
}

}  // namespace

void Descriptor::reset() {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

Result<SocketAddress> resolve(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (error != 0) return fail(fmt::format("cannot resolve {}: {}", host, gai_strerror(error)));
  SocketAddress address;
  std::memcpy(&address.storage, found->ai_addr, found->ai_addrlen);
  address.size = found->ai_addrlen;
  freeaddrinfo(found);
  return address;
}

Result<Descriptor> begin_connect(const SocketAddress& to, const ConnectOptions& options) {
  Descriptor socket(::socket(to.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket.open()) return fail(fmt::format("socket: {}", std::strerror(errno)));
  set_option(socket.number(), IPPROTO_TCP, TCP_NODELAY, 1);
  if (options.receive_window_bytes > 0) {
    set_option(socket.number(), SOL_SOCKET, SO_RCVBUF, options.receive_window_bytes);
  }
  if (options.source_index) {
    // Without this option bind would pick the port, from one range for all destinations.
    set_option(socket.number(), IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
    sockaddr_in source{};
    source.sin_family = AF_INET;
    source.sin_addr.s_addr = htonl(kFirstSource + *options.source_index);
    if (bind(socket.number(), reinterpret_cast<const sockaddr*>(&source), sizeof source) != 0) {
      return fail(fmt::format("bind: {}", std::strerror(errno)));
    }
  }
  const int result = connect(socket.number(), reinterpret_cast<const sockaddr*>(&to.storage), to.size);
  if (result != 0 && errno != EINPROGRESS) return fail(fmt::format("connect: {}", std::strerror(errno)));
  return socket;
}

int socket_error(int descriptor) {
  int error = 0;
  socklen_t size = sizeof error;
  if (getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return errno;
  return error;
}

std::optional<ByteSpan> receive_some(int descriptor, std::span<std::uint8_t> into) {
  const ssize_t got = recv(descriptor, into.data(), into.size(), MSG_DONTWAIT);
  if (got > 0) return ByteSpan(into.first(static_cast<std::size_t>(got)));
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return std::nullopt;
  return ByteSpan{};
}

std::optional<std::size_t> send_some(int descriptor, ByteSpan bytes) {
  const ssize_t sent = send(descriptor, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent >= 0) return static_cast<std::size_t>(sent);
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return 0;
  return std::nullopt;
}

Readiness::Readiness() : epoll_(epoll_create1(EPOLL_CLOEXEC)) { THRONG_ASSERT(epoll_.open(), "epoll_create1"); }

void Readiness::add(int descriptor, std::uint32_t events, EventTag tag) {
  epoll_event event = event_for(events, tag);
  const int result = epoll_ctl(epoll_.number(), EPOLL_CTL_ADD, descriptor, &event);
  THRONG_ASSERT(result == 0, "epoll_ctl add");
}

void Readiness::change(int descriptor, std::uint32_t events, EventTag tag) {
  epoll_event event = event_for(events, tag);
  const int result = epoll_ctl(epoll_.number(), EPOLL_CTL_MOD, descriptor, &event);
  THRONG_ASSERT(result == 0, "epoll_ctl mod");
}

std::size_t Readiness::wait(std::span<epoll_event> events, Nanoseconds at_most) {
  const std::int64_t span = at_most.count() > 0 ? at_most.count() : 0;
  const timespec timeout{.tv_sec = span / 1'000'000'000, .tv_nsec = span % 1'000'000'000};
  const int count = epoll_pwait2(epoll_.number(), events.data(), static_cast<int>(events.size()), &timeout, nullptr);
  THRONG_ASSERT(count >= 0 || errno == EINTR, "epoll_pwait2");
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

EventTag Readiness::tag_of(const epoll_event& event) {
  const std::uint64_t bits = event.data.u64;
  return {.kind = static_cast<std::uint32_t>(bits >> 32), .index = static_cast<std::uint32_t>(bits)};
}

std::uint64_t raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

}  // namespace throng::bench
