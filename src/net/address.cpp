#include "net/address.h"

#include <algorithm>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "net/http/header_text.h"

namespace throng::net {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr std::array<std::uint8_t, 16> kLoopback6{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

Address from_ipv4(const in_addr& ipv4) {
  Address address;
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), address.bytes.begin());
  std::memcpy(address.bytes.data() + kMappedPrefix.size(), &ipv4, sizeof ipv4);
  return address;
}

}  // namespace

bool Address::is_ipv4() const { return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin()); }

bool Address::is_loopback() const { return bytes == kLoopback6 || (is_ipv4() && bytes[12] == 127); }

Address Address::limit_group() const {
  Address group = *this;
  if (!is_ipv4()) std::fill(group.bytes.begin() + 8, group.bytes.end(), std::uint8_t{0});
  return group;
}

std::string Address::text() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool ipv4 = is_ipv4();
  const void* source = ipv4 ? bytes.data() + kMappedPrefix.size() : bytes.data();
  ::inet_ntop(ipv4 ? AF_INET : AF_INET6, source, text.data(), static_cast<socklen_t>(text.size()));
  return text.data();
}

Address address_of(const sockaddr* socket_address) {
  Address address;
  if (socket_address->sa_family == AF_INET) {
    sockaddr_in ipv4{};
    std::memcpy(&ipv4, socket_address, sizeof ipv4);
    return from_ipv4(ipv4.sin_addr);
  }
  if (socket_address->sa_family == AF_INET6) {
    sockaddr_in6 ipv6{};
    std::memcpy(&ipv6, socket_address, sizeof ipv6);
    std::memcpy(address.bytes.data(), &ipv6.sin6_addr, address.bytes.size());
  }
  return address;
}

std::optional<Address> parse_address(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  const std::string terminated(text);
  if (terminated.size() != std::strlen(terminated.c_str())) return std::nullopt;
  in_addr ipv4{};
  if (::inet_pton(AF_INET, terminated.c_str(), &ipv4) == 1) return from_ipv4(ipv4);
  Address address;
  if (::inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
  return std::nullopt;
}

std::optional<Address> forwarded_address(std::string_view x_forwarded_for) {
  const std::size_t comma = x_forwarded_for.rfind(',');
  return parse_address(trim(comma == std::string_view::npos ? x_forwarded_for : x_forwarded_for.substr(comma + 1)));
}

}  // namespace throng::net
