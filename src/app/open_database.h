#pragma once
// The database for commands that work on it beside the server.

#include <memory>

#include "app/configuration.h"
#include "base/result.h"
#include "services/database/connection.h"

namespace throng::app {

/// One that a server has made, with the schema of this program: what a running server of another version has is left as
/// it is. The error says what to do.
Result<std::unique_ptr<services::Connection>> open_existing_database(const content::ServerDef& server);

/// The same; made when there is none yet.
Result<std::unique_ptr<services::Connection>> open_or_make_database(const content::ServerDef& server);

}  // namespace throng::app
