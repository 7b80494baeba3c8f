#pragma once
// How the store is, as metrics.

#include <memory>

#include "base/metrics.h"
#include "services/store/store.h"

namespace throng::services {

/// End it before the store ends.
std::unique_ptr<ComputedSource> watch_store(const Store& store);

}  // namespace throng::services
