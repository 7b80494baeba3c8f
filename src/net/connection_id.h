#pragma once
// Names a connection of one Server. Using one after the connection is gone is harmless.

#include <compare>
#include <cstdint>

namespace throng::net {

/// The default names no connection.
struct ConnectionId {
  std::uint32_t index = 0;
  std::uint32_t generation = 0;
  friend bool operator==(ConnectionId, ConnectionId) = default;
  friend auto operator<=>(ConnectionId, ConnectionId) = default;
};

}  // namespace throng::net
