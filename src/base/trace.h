#pragma once
// Spans: what took how long, and as a part of what. Off until `start_tracing`; then a span that is not sampled costs two
// random numbers, and one that is costs an allocation. Nothing here blocks.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/trace_context.h"

namespace throng {

/// The numbers are those of OTLP.
enum class SpanKind : std::uint8_t { Internal = 1, Server = 2, Client = 3, Producer = 4, Consumer = 5 };
enum class SpanStatus : std::uint8_t { Unset = 0, Ok = 1, Error = 2 };

using SpanValue = std::variant<std::int64_t, bool, std::string>;
struct SpanAttribute {
  std::string_view key;  ///< lives as long as the program
  SpanValue value;
};
struct SpanEvent {
  std::string_view name;  ///< lives as long as the program
  MonotonicTime at{};
};

/// Of one span. What is beyond them is left out and counted; longer texts are cut.
inline constexpr std::size_t kSpanAttributesMax = 24;
inline constexpr std::size_t kSpanEventsMax = 8;
inline constexpr std::size_t kSpanLinksMax = 8;
inline constexpr std::size_t kSpanTextBytesMax = 256;

/// What receivers take: whole characters of UTF-8, at most kSpanTextBytesMax bytes of them, and a question mark for each byte
/// that is part of none.
std::string span_text(std::string_view text);

/// A span that is over, as exporters get it. Every text is valid UTF-8.
struct SpanRecord {
  std::string name;
  SpanContext context;
  SpanId parent;  ///< invalid: the root of its trace, here at least
  SpanKind kind = SpanKind::Internal;
  SpanStatus status = SpanStatus::Unset;
  std::string problem;  ///< of status Error
  MonotonicTime began{};
  MonotonicTime ended{};
  std::vector<SpanAttribute> attributes;
  std::vector<SpanEvent> events;
  std::vector<SpanContext> links;
  std::uint32_t dropped_attributes = 0;
  std::uint32_t dropped_events = 0;
  std::uint32_t dropped_links = 0;

  /// A number, a truth, or a text. Set twice, the later one stays.
  template <typename Value>
  void set(std::string_view key, const Value& value) {
    if constexpr (std::is_same_v<Value, bool>) {
      put(key, value);
    } else if constexpr (std::is_integral_v<Value>) {
      put(key, static_cast<std::int64_t>(value));
    } else {
      put_text(key, value);
    }
  }
  void fail(std::string_view why);
  void add_event(std::string_view event, MonotonicTime at);
  void link(const SpanContext& other);

 private:
  void put(std::string_view key, SpanValue value);
  void put_text(std::string_view key, std::string_view value);
};

/// Takes spans that are over. Any thread; never blocks.
class SpanSink {
 public:
  virtual ~SpanSink() = default;
  virtual void take(std::unique_ptr<SpanRecord> span) = 0;
};

/// Which traces are kept. Decided where a trace begins, and told to everybody else.
struct Sampler {
  enum class Kind : std::uint8_t { AlwaysOn, AlwaysOff, TraceIdRatio };
  Kind kind = Kind::AlwaysOn;
  bool parent_based = true;  ///< whoever has a parent does as that did
  double ratio = 1;  ///< of TraceIdRatio, [0, 1]

  bool samples(TraceId trace, const SpanContext& parent) const;
};

/// From now on spans go to `sink`, which stays until `stop_tracing` has returned and no thread makes spans any more.
void start_tracing(SpanSink& sink, const Sampler& sampler);
/// Spans that end from now on are forgotten.
void stop_tracing();
bool tracing_enabled();

/// For spans whose length was measured by somebody else: the context of a new root that is kept when `sampled`.
SpanContext new_root(bool sampled);
/// Whether the sampler would keep that root.
bool sampler_keeps(TraceId trace);
/// Gives a span to the sink, if there is one. Any thread.
void hand_over(std::unique_ptr<SpanRecord> span);

/// One span, from its making to `end` or to its destruction. Belongs to one thread at a time.
class Span {
 public:
  /// No span at all: every call does nothing.
  Span() = default;
  /// Begins now. @param parent  invalid: a trace begins here. @param name  short, one of few
  explicit Span(std::string_view name, SpanKind kind = SpanKind::Internal,
                const SpanContext& parent = current_span_context()) {
    if (tracing_enabled()) begin(name, kind, parent);
  }
  /// One that began earlier.
  Span(std::string_view name, SpanKind kind, const SpanContext& parent, MonotonicTime began);
  ~Span() { end(); }
  Span(Span&& other) noexcept = default;
  Span& operator=(Span&& other) noexcept;

  /// Whether somebody will see what is set.
  bool recording() const { return record_ != nullptr; }
  /// To be the parent of others; also when this one is not sampled. Invalid when tracing is off.
  const SpanContext& context() const { return context_; }

  template <typename Value>
  Span& set(std::string_view key, const Value& value) {
    if (record_) record_->set(key, value);
    return *this;
  }
  void rename(std::string_view name);
  void fail(std::string_view why);
  void add_event(std::string_view event);
  void link(const SpanContext& other);
  void end();

 private:
  void begin(std::string_view name, SpanKind kind, const SpanContext& parent);

  SpanContext context_;
  std::unique_ptr<SpanRecord> record_;
};

}  // namespace throng
