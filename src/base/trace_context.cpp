#include "base/trace_context.h"

#include "base/rng.h"

namespace throng {
namespace {

constexpr std::size_t kTraceparentLength = 55;  // 2 + 1 + 32 + 1 + 16 + 1 + 2

thread_local SpanContext current_context;

void append_hex(std::string& out, std::uint64_t value, int digits) {
  static constexpr char kDigits[] = "0123456789abcdef";
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out += kDigits[(value >> shift) & 15u];
}

/// At most 16 digits; only lower case counts.
std::optional<std::uint64_t> read_hex(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char c : digits) {
    if (c >= '0' && c <= '9') {
      value = value << 4 | static_cast<std::uint64_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      value = value << 4 | static_cast<std::uint64_t>(c - 'a' + 10);
    } else {
      return std::nullopt;
    }
  }
  return value;
}

std::uint64_t random_number() {
  thread_local Rng random = [] {
    std::uint64_t seed = 0;
    secure_random({reinterpret_cast<std::uint8_t*>(&seed), sizeof seed});
    return Rng(seed);
  }();
  for (;;) {
    if (const std::uint64_t number = random.next(); number != 0) return number;
  }
}

}  // namespace

std::string hex_text(TraceId id) {
  std::string text;
  text.reserve(32);
  append_hex(text, id.high, 16);
  append_hex(text, id.low, 16);
  return text;
}

std::string hex_text(SpanId id) {
  std::string text;
  text.reserve(16);
  append_hex(text, id.value, 16);
  return text;
}

std::optional<SpanContext> parse_traceparent(std::string_view header) {
  if (header.size() < kTraceparentLength || header[2] != '-' || header[35] != '-' || header[52] != '-')
    return std::nullopt;
  const auto version = read_hex(header.substr(0, 2));
  const auto high = read_hex(header.substr(3, 16));
  const auto low = read_hex(header.substr(19, 16));
  const auto span = read_hex(header.substr(36, 16));
  const auto flags = read_hex(header.substr(53, 2));
  if (!version || !high || !low || !span || !flags || *version == 0xff) return std::nullopt;
  const bool longer = header.size() > kTraceparentLength;
  if (longer && (*version == 0 || header[kTraceparentLength] != '-')) return std::nullopt;
  const SpanContext context{{*high, *low}, {*span}, (*flags & 1u) != 0};
  if (!context.valid()) return std::nullopt;
  return context;
}

std::string format_traceparent(const SpanContext& context) {
  return "00-" + hex_text(context.trace) + "-" + hex_text(context.span) + (context.sampled ? "-01" : "-00");
}

TraceId new_trace_id() {
  const std::uint64_t high = random_number();
  return {high, random_number()};
}

SpanId new_span_id() { return {random_number()}; }

const SpanContext& current_span_context() { return current_context; }

ContextScope::ContextScope(const SpanContext& context) : before_(current_context) { current_context = context; }
ContextScope::~ContextScope() { current_context = before_; }

}  // namespace throng
