#pragma once
// Network addresses as plain values, for limits and logs.

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sockaddr;

namespace throng::net {

/// An IPv6 address; IPv4 as ::ffff:a.b.c.d. All zero when unknown.
struct Address {
  std::array<std::uint8_t, 16> bytes{};

  bool is_ipv4() const;
  bool is_loopback() const;
  /// What limits count: an IPv4 address, or the /64 network of an IPv6 one, since a household gets a whole /64.
  Address limit_group() const;
  /// "192.0.2.1", "2001:db8::1".
  std::string text() const;

  friend auto operator<=>(const Address&, const Address&) = default;
};

/// IPv4 or IPv6 socket address; others give the unknown address.
Address address_of(const sockaddr* socket_address);

/// "192.0.2.1", "2001:db8::1", "[2001:db8::1]"; nothing for anything else.
std::optional<Address> parse_address(std::string_view text);

/// The client that a trusted proxy right in front of us names: the last element of X-Forwarded-For, which is the
/// one that the proxy itself wrote; the elements before it are the client's to forge.
std::optional<Address> forwarded_address(std::string_view x_forwarded_for);

}  // namespace throng::net
