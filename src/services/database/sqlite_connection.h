#pragma once
// SQLite: one file beside its write-ahead log, no server.

#include <memory>
#include <string>

#include "base/result.h"
#include "services/database/connection.h"

namespace throng::services {

/// @param path  of the file, made with mode 0600, its folder too; `:memory:` for one that is gone with the connection. A file
///              that is not a database, or is damaged, is refused and left as it is
Result<std::unique_ptr<Connection>> open_sqlite(const std::string& path, Opening opening = Opening::Make);

}  // namespace throng::services
