// Field numbers: opentelemetry-proto 1.x, trace/v1/trace.proto, common/v1/common.proto, resource/v1/resource.proto.
#include "services/tracing/otlp_protobuf.h"

#include <optional>

#include "services/tracing/protobuf_writer.h"

namespace throng::services {
namespace {

std::string trace_bytes(TraceId id) { return big_endian(id.high) + big_endian(id.low); }

/// Of spans and links: as W3C has them.
std::uint32_t flags_of(const SpanContext& context) { return context.sampled ? 1u : 0u; }

void write_key_value(ProtobufWriter& out, std::uint32_t field, std::string_view key, const SpanValue& value) {
  ProtobufWriter any;
  if (const auto* text = std::get_if<std::string>(&value)) any.bytes_always(1, *text);
  if (const auto* truth = std::get_if<bool>(&value)) any.varint_always(2, *truth ? 1 : 0);
  if (const auto* number = std::get_if<std::int64_t>(&value)) any.varint_always(3, static_cast<std::uint64_t>(*number));
  ProtobufWriter pair;
  pair.bytes(1, key);
  pair.message(2, any);
  out.message(field, pair);
}

void write_event(ProtobufWriter& out, const SpanEvent& event, const UnixTimes& times) {
  ProtobufWriter message;
  message.fixed64(1, static_cast<std::uint64_t>(times.unix_ns(event.at)));
  message.bytes(2, event.name);
  out.message(11, message);
}

void write_link(ProtobufWriter& out, const SpanContext& link) {
  ProtobufWriter message;
  message.bytes(1, trace_bytes(link.trace));
  message.bytes(2, big_endian(link.span.value));
  message.fixed32(6, flags_of(link));
  out.message(13, message);
}

void write_span(ProtobufWriter& out, const SpanRecord& span, const UnixTimes& times) {
  ProtobufWriter message;
  message.bytes(1, trace_bytes(span.context.trace));
  message.bytes(2, big_endian(span.context.span.value));
  if (span.parent.valid()) message.bytes(4, big_endian(span.parent.value));
  message.bytes(5, span.name);
  message.varint(6, static_cast<std::uint64_t>(span.kind));
  message.fixed64(7, static_cast<std::uint64_t>(times.unix_ns(span.began)));
  message.fixed64(8, static_cast<std::uint64_t>(times.unix_ns(span.ended)));
  for (const SpanAttribute& attribute : span.attributes) write_key_value(message, 9, attribute.key, attribute.value);
  message.varint(10, span.dropped_attributes);
  for (const SpanEvent& event : span.events) write_event(message, event, times);
  message.varint(12, span.dropped_events);
  for (const SpanContext& link : span.links) write_link(message, link);
  message.varint(14, span.dropped_links);
  ProtobufWriter status;
  status.bytes(2, span.problem);
  status.varint(3, static_cast<std::uint64_t>(span.status));
  if (!status.view().empty()) message.message(15, status);
  message.fixed32(16, flags_of(span.context));
  out.message(2, message);
}

/// Reads fields one after the other, as far as they make sense.
class ProtobufReader {
 public:
  explicit ProtobufReader(std::string_view bytes) : left_(bytes) {}

  struct Field {
    std::uint64_t number = 0;
    std::uint64_t value = 0;  ///< of a varint
    std::string_view bytes;   ///< of whatever has a length
  };

  /// Nothing at the end, or at what is no protobuf.
  std::optional<Field> next() {
    const std::optional<std::uint64_t> tag = varint();
    if (!tag) return std::nullopt;
    Field field{.number = *tag >> 3, .value = 0, .bytes = {}};
    switch (*tag & 7u) {
      case 0: {
        const std::optional<std::uint64_t> value = varint();
        if (!value) return std::nullopt;
        field.value = *value;
        return field;
      }
      case 1: return skip(field, 8);
      case 2: {
        const std::optional<std::uint64_t> length = varint();
        return length ? skip(field, *length) : std::nullopt;
      }
      case 5: return skip(field, 4);
      default: return std::nullopt;
    }
  }

 private:
  std::optional<Field> skip(Field field, std::uint64_t length) {
    if (length > left_.size()) return std::nullopt;
    field.bytes = left_.substr(0, length);
    left_.remove_prefix(length);
    return field;
  }

  std::optional<std::uint64_t> varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !left_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(left_.front());
      left_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return value;
    }
    return std::nullopt;
  }

  std::string_view left_;
};

}  // namespace

std::string otlp_protobuf(const TraceResource& resource, SpanBatch spans, const UnixTimes& times) {
  ProtobufWriter from;
  for (const auto& [key, value] : resource) write_key_value(from, 1, key, value);
  ProtobufWriter scope;
  scope.bytes(1, kTraceScope);
  ProtobufWriter of_scope;
  of_scope.message(1, scope);
  for (const SpanPtr& span : spans) write_span(of_scope, *span, times);
  ProtobufWriter of_resource;
  of_resource.message(1, from);
  of_resource.message(2, of_scope);
  ProtobufWriter request;
  request.message(1, of_resource);
  return request.take();
}

OtlpVerdict read_otlp_response(std::string_view protobuf) {
  OtlpVerdict verdict;
  ProtobufReader response(protobuf);
  while (const auto field = response.next()) {
    if (field->number != 1) continue;
    ProtobufReader partial(field->bytes);
    while (const auto part = partial.next()) {
      if (part->number == 1) verdict.rejected_spans = static_cast<std::int64_t>(part->value);
      if (part->number == 2) verdict.problem = std::string(part->bytes.substr(0, kSpanTextBytesMax));
    }
  }
  return verdict;
}

}  // namespace throng::services
