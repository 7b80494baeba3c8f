#include <string_view>

#include <fmt/format.h>

#include "services/database/connection.h"
#include "services/database/postgres_connection.h"
#include "services/database/sqlite_connection.h"

namespace throng::services {
namespace {

constexpr std::string_view kSqlitePrefix = "sqlite:";

bool is_sqlite(std::string_view url) { return url.starts_with(kSqlitePrefix) && url.size() > kSqlitePrefix.size(); }
bool is_postgres(std::string_view url) { return url.starts_with("postgres://") || url.starts_with("postgresql://"); }

}  // namespace

Result<std::unique_ptr<Connection>> connect_database(const std::string& url, Opening opening) {
  THRONG_CHECK(check_database_url(url));
  if (is_sqlite(url)) return open_sqlite(url.substr(kSqlitePrefix.size()), opening);
  PostgresSettings settings;
  settings.url = url;
  return open_postgres(settings);
}

Result<void> check_database_url(const std::string& url) {
  if (is_sqlite(url) || is_postgres(url)) return {};
  return fail(fmt::format("the database address '{}' is neither sqlite:PATH nor postgres://user@host/name",
                          shown_database_url(url)));
}

std::string shown_database_url(const std::string& url) {
  if (url.starts_with(kSqlitePrefix)) return url;
  const std::string shown = is_postgres(url) ? shown_postgres_url(url) : "";
  if (!shown.empty()) return shown;
  // Whatever it is, a password may be in it.
  const std::size_t scheme = url.find(':');
  return scheme == std::string::npos ? "?" : url.substr(0, scheme) + ":…";
}

}  // namespace throng::services
