#pragma once
// Is this request a WebSocket upgrade, and a right one? (RFC 6455 section 4.2.1)

#include <string>
#include <string_view>

#include "net/http/message.h"

namespace throng::net {

struct UpgradeVerdict {
  enum class Kind { NotUpgrade, Accepted, Refused };
  Kind kind = Kind::NotUpgrade;
  int status = 0;      ///< Refused: 400, or 426 for another version of the protocol
  std::string accept;  ///< Accepted: the value of Sec-WebSocket-Accept
};

/// Pure, any thread.
UpgradeVerdict check_upgrade(const HttpRequest& request);

/// The whole answer that turns the connection into a WebSocket; no sub-protocol, no extension.
std::string upgrade_answer(std::string_view accept);

}  // namespace throng::net
