#pragma once
// docs/metrics.md, written from the lists of metrics.

#include <string>

namespace throng {

inline constexpr const char* kMetricsReference = "docs/metrics.md";

std::string metrics_reference();

}  // namespace throng
