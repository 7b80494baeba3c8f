#pragma once
// Spans as JSON, for whoever does not take protobuf.

#include <string>

#include "services/tracing/batch.h"

namespace throng::services {

/// OTLP/JSON: ids in hexadecimal, 64-bit numbers as strings, enumerations as numbers.
std::string otlp_json(const TraceResource& resource, SpanBatch spans, const UnixTimes& times);

/// Zipkin's second version: an array. Events become annotations; links and the resource's other attributes become tags.
std::string zipkin_json(const TraceResource& resource, SpanBatch spans, const UnixTimes& times);

/// One line per span, for people and for `jq`.
std::string console_lines(SpanBatch spans, const UnixTimes& times);

}  // namespace throng::services
