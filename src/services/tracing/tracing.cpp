#include "services/tracing/tracing.h"

#include "base/metrics.h"
#include "room/tick_metrics.h"

namespace throng::services {
namespace {

/// A slow tick's trace can be found from its bucket in the metrics.
void note_exemplar(const room::TickProfile& profile, TraceId trace) {
  set_exemplar(room::tick_duration_series(profile.kind), profile.total().count(), hex_text(trace),
               system_clock().unix_milliseconds());
}

}  // namespace

Tracing::Tracing(const TracingSettings& settings, std::unique_ptr<SpanExporter> exporter)
    : settings_(settings),
      destination_(exporter->destination()),
      delivery_(std::move(exporter), {.schedule_delay = settings.schedule_delay,
                                      .export_timeout = settings.export_timeout,
                                      .queue_max = settings.queue_max,
                                      .batch_max = settings.batch_max}) {
  start_tracing(delivery_, settings_.sampler);
}

Tracing::~Tracing() { stop(std::chrono::milliseconds(0)); }

std::unique_ptr<TickTraces> Tracing::tick_traces() const {
  return std::make_unique<TickTraces>(TickTraceSettings{.tick_ratio = settings_.tick_ratio,
                                                        .slow_ratio = settings_.slow_tick_ratio,
                                                        .slow_per_minute = settings_.slow_ticks_per_minute},
                                      system_clock(), note_exemplar);
}

void Tracing::stop(std::chrono::milliseconds timeout) {
  stop_tracing();
  delivery_.stop(timeout);
}

}  // namespace throng::services
