#pragma once
// Spans as OTLP has them: opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest in protobuf.

#include <cstdint>
#include <string>
#include <string_view>

#include "services/tracing/batch.h"

namespace throng::services {

std::string otlp_protobuf(const TraceResource& resource, SpanBatch spans, const UnixTimes& times);

/// What a receiver says of a request that it has taken: ExportTraceServiceResponse.
struct OtlpVerdict {
  std::int64_t rejected_spans = 0;
  std::string problem;
};
/// Untrusted bytes; what cannot be read says nothing.
OtlpVerdict read_otlp_response(std::string_view protobuf);

}  // namespace throng::services
