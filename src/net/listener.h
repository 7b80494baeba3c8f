#pragma once
// The listening socket that all workers share.

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace throng::net {

/// Opens a non-blocking listening socket, backlog 4096, with SO_REUSEADDR. The caller closes it.
/// @param host  numeric address or name; empty or "::" listens on IPv6 and IPv4, "0.0.0.0" on IPv4
/// @param port  0 lets the system choose
/// @return      the descriptor; the error names host, port and reason
Result<int> open_listener(std::string_view host, std::uint16_t port);

/// The port that the socket is really bound to; 0 when it is not bound.
std::uint16_t listener_port(int fd);

}  // namespace throng::net
