#include "app/open_tracing.h"

#include <vector>

#include "base/log.h"

namespace throng::app {

const char* const kTracingHelp =
    "Traces (docs/tracing.md) are set by the environment alone: OTEL_TRACES_EXPORTER (otlp, zipkin, console, none),\n"
    "OTEL_EXPORTER_OTLP_ENDPOINT, _HEADERS, _TIMEOUT, _PROTOCOL (http/protobuf, http/json), _COMPRESSION, "
    "_CERTIFICATE,\n"
    "OTEL_EXPORTER_ZIPKIN_ENDPOINT, OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES, OTEL_TRACES_SAMPLER, _ARG, "
    "OTEL_BSP_*,\n"
    "OTEL_SDK_DISABLED; THRONG_TRACE_TICK_RATIO, THRONG_SLOW_TICK_RATIO, THRONG_SLOW_TICK_TRACES_PER_MINUTE.";

Result<std::unique_ptr<services::Tracing>> open_tracing(const std::string& process_id) {
  std::vector<std::string> warnings;
  THRONG_TRY(const services::TracingSettings settings,
             services::read_tracing_settings(services::process_environment(), process_id, warnings));
  for (const std::string& warning : warnings) log_warning("traces: " + warning);
  if (settings.exporter == services::TraceExporter::None) return std::unique_ptr<services::Tracing>();
  auto tracing = std::make_unique<services::Tracing>(settings);
  log_info("traces go to " + tracing->destination());
  return tracing;
}

}  // namespace throng::app
