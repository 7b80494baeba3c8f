#include "net/listener.h"

#include <cerrno>
#include <cstring>
#include <string>

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace throng::net {
namespace {

constexpr int kBacklog = 4096;

void switch_option(int fd, int level, int option, int value) { ::setsockopt(fd, level, option, &value, sizeof value); }

/// The descriptor, or -1 with errno.
int try_listen(const addrinfo& candidate) {
  const int fd = ::socket(candidate.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  switch_option(fd, SOL_SOCKET, SO_REUSEADDR, 1);
  if (candidate.ai_family == AF_INET6) switch_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0);
  if (::bind(fd, candidate.ai_addr, candidate.ai_addrlen) == 0 && ::listen(fd, kBacklog) == 0) return fd;
  const int reason = errno;
  ::close(fd);
  errno = reason;
  return -1;
}

}  // namespace

Result<int> open_listener(std::string_view host, std::uint16_t port) {
  const std::string name = host.empty() ? "::" : std::string(host);
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE;
  int reason = 0;
  for (const std::string& attempt : {name, name == "::" ? std::string("0.0.0.0") : std::string()}) {
    if (attempt.empty()) continue;
    addrinfo* found = nullptr;
    const int outcome = ::getaddrinfo(attempt.c_str(), std::to_string(port).c_str(), &wanted, &found);
    if (outcome != 0) return fail(fmt::format("cannot resolve the host \"{}\": {}", attempt, ::gai_strerror(outcome)));
    int fd = -1;
    for (const addrinfo* at = found; at != nullptr && fd < 0; at = at->ai_next) fd = try_listen(*at);
    reason = errno;
    ::freeaddrinfo(found);
    if (fd >= 0) return fd;
    if (reason == EADDRINUSE) break;  // IPv4 alone would only hide it
  }
  return fail(fmt::format("cannot listen on {} port {}: {}", name, port, std::strerror(reason)));
}

std::uint16_t listener_port(int fd) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) != 0) return 0;
  if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  if (address.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
  return 0;
}

}  // namespace throng::net
