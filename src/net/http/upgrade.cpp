#include "net/http/upgrade.h"

#include <algorithm>

#include <fmt/format.h>

#include "net/http/header_text.h"
#include "net/websocket/frame_codec.h"

namespace throng::net {
namespace {

bool is_base64_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

/// 16 bytes in base64 are 22 characters and two signs of equality.
bool is_websocket_key(std::string_view key) {
  if (key.size() != 24 || !key.ends_with("==")) return false;
  return std::all_of(key.begin(), key.end() - 2, is_base64_character);
}

std::string joined(const HttpRequest& request, std::string_view name) {
  std::string list;
  for (const auto& [known, value] : request.headers)
    if (known == name) list += (list.empty() ? "" : ",") + value;
  return list;
}

}  // namespace

UpgradeVerdict check_upgrade(const HttpRequest& request) {
  if (!has_token(joined(request, "upgrade"), "websocket")) return {};
  if (!has_token(joined(request, "connection"), "upgrade")) return {};
  const auto refused = [](int status) { return UpgradeVerdict{UpgradeVerdict::Kind::Refused, status, {}}; };
  if (request.method != "GET" || request.version < 11 || !request.body.empty()) return refused(400);
  if (trim(request.header("sec-websocket-version")) != "13") return refused(426);
  const std::string key = joined(request, "sec-websocket-key");
  if (!is_websocket_key(key)) return refused(400);
  return {UpgradeVerdict::Kind::Accepted, 0, accept_key(key)};
}

std::string upgrade_answer(std::string_view accept) {
  return fmt::format(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: {}\r\n\r\n",
      accept);
}

}  // namespace throng::net
