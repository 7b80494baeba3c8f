#include "app/open_database.h"

#include <utility>

#include <fmt/format.h>

#include "services/database/migrations.h"
#include "services/store/schema/all_migrations.h"
#include "services/store/store.h"

namespace throng::app {
namespace {

/// 0: nothing is in it yet.
Result<int> checked_version(services::Connection& connection) {
  const int newest = services::all_migrations().back().version;
  THRONG_TRY(const int version, services::schema_version(connection));
  if (version == 0 || version == newest) return version;
  if (version > newest)
    return fail(
        fmt::format("the database has schema version {}, which is newer than this program's {}: run the newer "
                    "program",
                    version, newest));
  return fail(
      fmt::format("the database has schema version {}, this program has {}: end the server that runs on it, and "
                  "start the one of this version once, which brings it up to date",
                  version, newest));
}

}  // namespace

Result<std::unique_ptr<services::Connection>> open_existing_database(const content::ServerDef& server) {
  const std::string url = database_url_of(server);
  THRONG_TRY(auto connection, services::connect_database(url, services::Opening::Existing));
  THRONG_TRY(const int version, checked_version(*connection));
  if (version == 0)
    return fail(
        fmt::format("there is nothing in {} yet: start the server on it once", services::shown_database_url(url)));
  return connection;
}

Result<std::unique_ptr<services::Connection>> open_or_make_database(const content::ServerDef& server) {
  THRONG_TRY(auto connection, services::connect_database(database_url_of(server), services::Opening::Make));
  THRONG_TRY(const int version, checked_version(*connection));
  if (version == 0) THRONG_CHECK(services::prepare_database(*connection));
  return connection;
}

}  // namespace throng::app
