#include "load/http_text.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace throng::bench {
namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";

bool same_letters(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::optional<std::size_t> parse_size(std::string_view text, int base) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end == text.data() || value > HttpAnswer::kBytesMax) return std::nullopt;
  return value;
}

AnswerState parse_chunks(std::string_view bytes, std::string& body, std::size_t& consumed) {
  std::size_t at = 0;
  for (;;) {
    const std::size_t line_end = bytes.find("\r\n", at);
    if (line_end == std::string_view::npos) return AnswerState::NeedMore;
    const std::optional<std::size_t> size = parse_size(bytes.substr(at, line_end - at), 16);
    if (!size || body.size() + *size > HttpAnswer::kBytesMax) return AnswerState::Broken;
    if (bytes.size() < line_end + 2 + *size + 2) return AnswerState::NeedMore;
    body.append(bytes.substr(line_end + 2, *size));
    at = line_end + 2 + *size + 2;
    if (*size == 0) break;  // no server sends trailers here
  }
  consumed += at;
  return AnswerState::Complete;
}

}  // namespace

std::string post_request(std::string_view host, std::string_view path, std::string_view json,
                         std::string_view bearer_token) {
  const std::string proof = bearer_token.empty() ? "" : fmt::format("Authorization: Bearer {}\r\n", bearer_token);
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: {}\r\nAccept: application/json\r\nContent-Type: application/json\r\n{}"
      "Content-Length: {}\r\n\r\n{}",
      path, host, proof, json.size(), json);
}

std::string upgrade_request(std::string_view host, std::string_view path) {
  return fmt::format(
      "GET {} HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: {}\r\n\r\n",
      path, host, kUpgradeKey);
}

std::string_view HttpAnswer::header(std::string_view name) const {
  std::string_view rest = head;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && same_letters(line.substr(0, colon), name)) {
      return trimmed(line.substr(colon + 1));
    }
  }
  return {};
}

AnswerState parse_answer(std::string_view bytes, HttpAnswer& answer, std::size_t& consumed) {
  const std::size_t head_end = bytes.find(kHeadEnd);
  if (head_end == std::string_view::npos) {
    return bytes.size() > HttpAnswer::kBytesMax ? AnswerState::Broken : AnswerState::NeedMore;
  }
  if (!bytes.starts_with("HTTP/1.1 ") || bytes.size() < 12) return AnswerState::Broken;
  const std::optional<std::size_t> status = parse_size(bytes.substr(9, 3), 10);
  if (!status) return AnswerState::Broken;
  answer = {};
  answer.status = static_cast<int>(*status);
  answer.head = bytes.substr(0, head_end);
  answer.keep_alive = !same_letters(answer.header("connection"), "close");
  consumed = head_end + kHeadEnd.size();
  if (answer.status == 101 || answer.status == 204) return AnswerState::Complete;
  if (same_letters(answer.header("transfer-encoding"), "chunked")) {
    return parse_chunks(bytes.substr(consumed), answer.body, consumed);
  }
  const std::optional<std::size_t> length = parse_size(answer.header("content-length"), 10);
  if (!length) return AnswerState::Broken;
  if (bytes.size() - consumed < *length) return AnswerState::NeedMore;
  answer.body = bytes.substr(consumed, *length);
  consumed += *length;
  return AnswerState::Complete;
}

}  // namespace throng::bench
