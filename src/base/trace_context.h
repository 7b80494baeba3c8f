#pragma once
// Which trace something belongs to, and how that is told from one program to the next (W3C Trace Context, level 1).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace throng {

struct TraceId {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  /// All zeroes is no id.
  bool valid() const { return (high | low) != 0; }
  friend bool operator==(const TraceId&, const TraceId&) = default;
};

struct SpanId {
  std::uint64_t value = 0;
  bool valid() const { return value != 0; }
  friend bool operator==(const SpanId&, const SpanId&) = default;
};

/// A span as others may refer to it, on this thread or another, in this program or another.
struct SpanContext {
  TraceId trace;
  SpanId span;
  bool sampled = false;
  bool valid() const { return trace.valid() && span.valid(); }
  friend bool operator==(const SpanContext&, const SpanContext&) = default;
};

/// 32 and 16 lower-case hexadecimal digits.
std::string hex_text(TraceId id);
std::string hex_text(SpanId id);

/// The value of a `traceparent` header. Strict: lower-case hexadecimal, no id of zeroes, version 00 exactly as long as it
/// has to be; of later versions only the part that version 00 knows. Nothing for everything else. Untrusted text.
std::optional<SpanContext> parse_traceparent(std::string_view header);

/// As version 00 has it: `00-<trace>-<span>-<flags>`.
std::string format_traceparent(const SpanContext& context);

/// Unguessable enough to be unique, from a random stream of the calling thread. Never zero. Any thread.
TraceId new_trace_id();
SpanId new_span_id();

/// What the calling thread works for; invalid when for nothing that is traced.
const SpanContext& current_span_context();
inline TraceId current_trace_id() { return current_span_context().trace; }

/// As long as it lives, the calling thread works for this span. Scopes nest; not to be moved between threads.
class ContextScope {
 public:
  explicit ContextScope(const SpanContext& context);
  ~ContextScope();
  ContextScope(const ContextScope&) = delete;
  ContextScope& operator=(const ContextScope&) = delete;

 private:
  SpanContext before_;
};

}  // namespace throng
