#include "base/trace.h"

#include <algorithm>
#include <atomic>

#include "base/utf8.h"

namespace throng {
namespace {

std::atomic<SpanSink*> span_sink{nullptr};
Sampler trace_sampler;  // changed only while there is no sink

}  // namespace

std::string span_text(std::string_view text) {
  std::string shown;
  shown.reserve(std::min(text.size(), kSpanTextBytesMax));
  while (!text.empty()) {
    const std::size_t length = code_point_length(text);
    if (shown.size() + std::max<std::size_t>(length, 1) > kSpanTextBytesMax) break;
    if (length == 0) {
      shown += '?';
    } else {
      shown += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return shown;
}

void SpanRecord::put(std::string_view key, SpanValue value) {
  const auto known =
      std::find_if(attributes.begin(), attributes.end(), [key](const SpanAttribute& one) { return one.key == key; });
  if (known != attributes.end()) {
    known->value = std::move(value);
  } else if (attributes.size() >= kSpanAttributesMax) {
    ++dropped_attributes;
  } else {
    attributes.push_back({key, std::move(value)});
  }
}

void SpanRecord::put_text(std::string_view key, std::string_view value) { put(key, span_text(value)); }

void SpanRecord::fail(std::string_view why) {
  status = SpanStatus::Error;
  problem = span_text(why);
}

void SpanRecord::add_event(std::string_view event, MonotonicTime at) {
  if (events.size() >= kSpanEventsMax) {
    ++dropped_events;
  } else {
    events.push_back({event, at});
  }
}

void SpanRecord::link(const SpanContext& other) {
  if (!other.valid()) return;
  if (links.size() >= kSpanLinksMax) {
    ++dropped_links;
  } else {
    links.push_back(other);
  }
}

bool Sampler::samples(TraceId trace, const SpanContext& parent) const {
  if (parent_based && parent.valid()) return parent.sampled;
  switch (kind) {
    case Kind::AlwaysOn: return true;
    case Kind::AlwaysOff: return false;
    case Kind::TraceIdRatio: break;
  }
  // The lower half as a fraction of its range, so that every program with the same ratio decides alike.
  constexpr double kRange = 9007199254740992.0;  // 2^53: what a double tells apart
  return ratio >= 1 || static_cast<double>(trace.low >> 11) < ratio * kRange;
}

void start_tracing(SpanSink& sink, const Sampler& sampler) {
  span_sink.store(nullptr);
  trace_sampler = sampler;
  span_sink.store(&sink, std::memory_order_release);
}

void stop_tracing() { span_sink.store(nullptr); }

bool tracing_enabled() { return span_sink.load(std::memory_order_relaxed) != nullptr; }

SpanContext new_root(bool sampled) { return {new_trace_id(), new_span_id(), sampled}; }

bool sampler_keeps(TraceId trace) {
  return span_sink.load(std::memory_order_acquire) != nullptr && trace_sampler.samples(trace, {});
}

void hand_over(std::unique_ptr<SpanRecord> span) {
  if (SpanSink* const sink = span_sink.load(std::memory_order_acquire)) sink->take(std::move(span));
}

Span::Span(std::string_view name, SpanKind kind, const SpanContext& parent, MonotonicTime began)
    : Span(name, kind, parent) {
  if (record_) record_->began = began;
}

Span& Span::operator=(Span&& other) noexcept {
  if (this == &other) return *this;
  end();
  context_ = other.context_;
  record_ = std::move(other.record_);
  return *this;
}

void Span::begin(std::string_view name, SpanKind kind, const SpanContext& parent) {
  if (span_sink.load(std::memory_order_acquire) == nullptr) return;
  context_.trace = parent.valid() ? parent.trace : new_trace_id();
  context_.span = new_span_id();
  context_.sampled = trace_sampler.samples(context_.trace, parent);
  if (!context_.sampled) return;
  record_ = std::make_unique<SpanRecord>();
  record_->name = span_text(name);
  record_->context = context_;
  record_->kind = kind;
  if (parent.valid()) record_->parent = parent.span;
  record_->attributes.reserve(8);
  record_->began = system_clock().now();
}

void Span::rename(std::string_view name) {
  if (record_) record_->name = span_text(name);
}

void Span::fail(std::string_view why) {
  if (record_) record_->fail(why);
}

void Span::add_event(std::string_view event) {
  if (record_) record_->add_event(event, system_clock().now());
}

void Span::link(const SpanContext& other) {
  if (record_) record_->link(other);
}

void Span::end() {
  if (!record_) return;
  record_->ended = system_clock().now();
  hand_over(std::move(record_));
}

}  // namespace throng
