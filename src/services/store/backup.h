#pragma once
// The whole database as one file, the same from either engine and for either: a backup, and the way from SQLite to
// PostgreSQL or back.

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

enum class RestoreOnto : std::uint8_t {
  EmptyDatabase,  ///< refused when there is anybody in it
  AnyDatabase,  ///< what was there is gone
};
/// Replaces what the database holds by the file, in one transaction, then brings it to the newest schema. All leases have
/// ended in it. Refuses while a server is at work on the database, and a file that is damaged or newer than the program.
/// @param now  Unix milliseconds
Result<BackupSummary> restore_backup(Connection& connection, const std::string& file, RestoreOnto onto,
                                     std::int64_t now);

}  // namespace throng::services
