#pragma once
// A backup into a database.

#include <cstdint>
#include <string>

#include "base/result.h"
#include "services/store/backup.h"

namespace throng::services {

enum class RestoreOnto : std::uint8_t {
  EmptyDatabase,  ///< refused when there is anybody in it
  AnyDatabase,  ///< what was there is gone
};

/// Replaces what the database holds by the file, in one transaction, then brings it to the newest schema. Refuses while a
/// server is at work on the database, and a file that is damaged or newer than the program. Of an SQLite file it is certain
/// whether one is (SoleServer); of PostgreSQL a server that was killed is told from a living one when its leases have run
/// out, and the error says how long that is.
///
/// A server that has missed all that, for it stood still or was cut off, goes on with what it knew: what it writes of
/// characters and worlds is refused, for all fences are a leap above those of the backup; its cuts and keys from before the
/// backup stay done; and the numbers that it holds for pieces, assets and people are not given to others.
/// @param url  see connect_database
/// @param now  Unix milliseconds
Result<BackupSummary> restore_backup(const std::string& url, const std::string& file, RestoreOnto onto,
                                     std::int64_t now);

}  // namespace throng::services
