#pragma once
// What the system knows of this process.

#include <memory>

#include "base/metrics.h"

namespace throng::services {

/// CPU, memory, descriptors, threads, start, and what was built. Looked up in /proc at each scrape.
std::unique_ptr<ComputedSource> watch_process();

}  // namespace throng::services
