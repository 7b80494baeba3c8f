#pragma once
// Versions of the content that end with the process: for tests, and for servers that keep nothing.

#include <memory>

#include "services/reload/ports.h"

namespace throng::services {

/// @param versions_max  beyond it the oldest are forgotten, at least 2
std::unique_ptr<ContentStore> make_memory_content_store(std::size_t versions_max = kVersionsKeptMax);

}  // namespace throng::services
