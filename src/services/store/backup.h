#pragma once
// The whole database as one file, the same from either engine and for either: a backup, and the way from SQLite to
// PostgreSQL or back: see restore.h.

#include <cstdint>
#include <string>

#include "base/result.h"
#include "services/database/connection.h"

namespace throng::services {

struct BackupSummary {
  int version = 0;        ///< of the schema
  std::int64_t rows = 0;
};

/// Writes everything, as it was at one instant, while a server may be at work. The file is made last, whole and durable,
/// readable by its owner only; it must not exist.
Result<BackupSummary> back_up(Connection& connection, const std::string& file);

}  // namespace throng::services
