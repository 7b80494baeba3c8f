#pragma once
// Traces of this process, from its settings to the collector.

#include <chrono>
#include <memory>

#include "room/tick_profile.h"
#include "services/tracing/span_delivery.h"
#include "services/tracing/tick_traces.h"
#include "services/tracing/tracing_settings.h"

namespace throng::services {

/// From its making until `stop`, spans are kept. Ends after every thread that makes some.
class Tracing {
 public:
  /// @param settings  not with TraceExporter::None
  explicit Tracing(const TracingSettings& settings) : Tracing(settings, make_exporter(settings)) {}
  ~Tracing();
  Tracing(const Tracing&) = delete;
  Tracing& operator=(const Tracing&) = delete;

  /// What a worker's ticks are told to; one for each worker.
  std::unique_ptr<TickTraces> tick_traces() const;
  /// Where spans go, to be shown.
  const std::string& destination() const { return destination_; }
  /// Sends what there is, and ends. Harmless twice.
  void stop(std::chrono::milliseconds timeout);

 private:
  Tracing(const TracingSettings& settings, std::unique_ptr<SpanExporter> exporter);

  const TracingSettings settings_;
  const std::string destination_;
  SpanDelivery delivery_;
};

}  // namespace throng::services
