// What strangers say about traces: headers of clients, addresses in spans, answers of collectors.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "base/trace.h"
#include "gateway/http_span.h"
#include "services/http_client/http_client.h"
#include "services/tracing/otlp_protobuf.h"

using namespace throng;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto context = parse_traceparent(text)) {
    THRONG_ASSERT(context->valid(), "what is taken has ids");
    const auto again = parse_traceparent(format_traceparent(*context));
    THRONG_ASSERT(again == context, "what is passed on is what came");
  }
  const std::string shown = span_text(text);
  THRONG_ASSERT(shown.size() <= kSpanTextBytesMax && span_text(shown) == shown, "a text of a span is clean and short");
  (void)gateway::route_pattern(text);
  (void)services::read_otlp_response(text);
  (void)services::shown_url(std::string(text));
  (void)services::is_http_url(std::string(text));
  return 0;
}
