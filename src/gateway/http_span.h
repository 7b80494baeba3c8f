#pragma once
// The server span of an HTTP request, by OpenTelemetry's semantic conventions.

#include <memory>
#include <string>
#include <string_view>

#include "base/trace.h"
#include "net/http/message.h"

namespace throng::gateway {

/// From the request to its answer, which may come from another thread. Null: nobody will see it.
using RequestSpan = std::shared_ptr<Span>;

/// The pattern that a path is one of: what could be an id is `{id}`. At most 6 segments. `/matchmake/{method}/{room}` for
/// match-making.
std::string route_pattern(std::string_view path);

/// Continues the trace that the request names in `traceparent`, if there is one.
RequestSpan begin_request_span(const net::HttpRequest& request);
/// The trace that it belongs to; invalid for null.
SpanContext context_of(const RequestSpan& span);
/// The answer is on its way. A status from 500 is our failure, except for those with which match-making says no (520 and above).
void end_request_span(const RequestSpan& span, int status);

}  // namespace throng::gateway
