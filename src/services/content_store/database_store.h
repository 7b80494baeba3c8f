#pragma once
// Versions of the content in the database, where all servers on it have them and backups too.

#include <memory>

#include "services/database/connection.h"
#include "services/reload/ports.h"

namespace throng::services {

/// @param connection    its own, so that a set of large texts never waits in a room's commit; the schema is the newest
///                      (prepare_database)
/// @param versions_max  beyond it the oldest are forgotten, at least 2
std::unique_ptr<ContentStore> make_database_content_store(std::unique_ptr<Connection> connection,
                                                          std::size_t versions_max = kVersionsKeptMax);

}  // namespace throng::services
