#include "net/websocket/utf8.h"

#include <cstring>

namespace throng::net {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080u;

bool is_continuation(std::uint8_t byte) { return (byte & 0xC0u) == 0x80u; }

/// What a lead byte asks for: how many bytes follow, and the range of the first of them.
struct Lead {
  std::size_t more;
  std::uint8_t low;
  std::uint8_t high;
};

/// `more` is 0 for a byte that cannot lead a sequence of several bytes. Source: RFC 3629 section 4.
Lead classify_lead(std::uint8_t byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {1, 0x80, 0xBF};
  if (byte == 0xE0) return {2, 0xA0, 0xBF};
  if (byte == 0xED) return {2, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {2, 0x80, 0xBF};
  if (byte == 0xF0) return {3, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {3, 0x80, 0xBF};
  if (byte == 0xF4) return {3, 0x80, 0x8F};
  return {0, 0, 0};
}

/// Length of the well-formed sequence at `at` that is not ASCII; 0 when it is malformed or cut off.
std::size_t sequence_length(ByteSpan bytes, std::size_t at) {
  const Lead lead = classify_lead(bytes[at]);
  if (lead.more == 0 || lead.more >= bytes.size() - at) return 0;
  if (bytes[at + 1] < lead.low || bytes[at + 1] > lead.high) return 0;
  for (std::size_t i = 2; i <= lead.more; ++i)
    if (!is_continuation(bytes[at + i])) return 0;
  return lead.more + 1;
}

std::size_t skip_ascii_words(ByteSpan bytes, std::size_t at) {
  while (bytes.size() - at >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, 8);
    if ((word & kHighBits) != 0) break;
    at += 8;
  }
  return at;
}

}  // namespace

bool is_valid_utf8(ByteSpan bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    at = skip_ascii_words(bytes, at);
    if (at == bytes.size()) break;
    if (bytes[at] < 0x80) {
      ++at;
      continue;
    }
    const std::size_t length = sequence_length(bytes, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string_view utf8_prefix(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = bytes_max;
  while (end > 0 && is_continuation(static_cast<std::uint8_t>(text[end]))) --end;
  return text.substr(0, end);
}

}  // namespace throng::net
