#pragma once
// The schema by versions, forward only. Applied at start under a lock, each in a transaction of its own.

#include <span>
#include <string_view>

#include "base/result.h"
#include "services/database/connection.h"

namespace throng::services {

/// One step. In its SQL, words in braces become the engine's own: `{id}` an ever-growing integer primary key (`{id from
/// 1000}` begins there, when the migration inserts a row 999 for SQLite), `{int}` a 64-bit integer, `{text}`, `{bytes}`, `{strict}` what ends a table with strict types.
struct Migration {
  int version;  ///< 1, 2, 3 … without a gap
  std::string_view name;
  std::string_view sql;
};

/// Brings the database to the newest version. Two programs that start at once apply each step once.
/// Fails with advice when the database is newer than this program.
/// @return the version that it has now
Result<int> migrate(Connection& connection, std::span<const Migration> migrations);

/// 0: an empty database.
Result<int> schema_version(Connection& connection);

}  // namespace throng::services
