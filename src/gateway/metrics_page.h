#pragma once
#include <string>

namespace throng::gateway {

/// Everything counted so far as Prometheus text (format 0.0.4). Any thread.
std::string metrics_page();

}  // namespace throng::gateway
