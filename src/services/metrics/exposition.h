#pragma once
// What was read of the metrics, as pages: for Prometheus in two forms, and for people with curl.

#include <span>
#include <string>
#include <string_view>

#include "base/metrics.h"

namespace throng::services {

/// Families that have no series yet are left out of every page.

/// Text format 0.0.4.
std::string prometheus_text(std::span<const MetricReading> readings);
inline constexpr std::string_view kPrometheusType = "text/plain; version=0.0.4; charset=utf-8";

/// OpenMetrics 1.0: the same, with exemplars, and `# EOF` at its end.
std::string open_metrics_text(std::span<const MetricReading> readings);
inline constexpr std::string_view kOpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// {"metrics": [{"name", "type", "help", "samples": [{"labels", "value"} or {"labels", "count", "sum", "buckets"}]}]}.
/// Buckets are cumulative, as in the other forms.
std::string metrics_json(std::span<const MetricReading> readings);

/// Whether whoever sent this Accept header would rather have OpenMetrics than the older text.
bool prefers_open_metrics(std::string_view accept);

}  // namespace throng::services
