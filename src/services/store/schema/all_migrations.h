#pragma once
// Every version of the schema, oldest first. A released one never changes: what is wrong is mended by the next.

#include <span>

#include "services/database/migrations.h"

namespace throng::services {

std::span<const Migration> all_migrations();

}  // namespace throng::services
