#include "services/store/backup_tables.h"

#include <string_view>

#include <fmt/format.h>

#include "services/store/schema/all_migrations.h"

namespace throng::services {
namespace {

Result<std::vector<std::string>> names_of(Connection& connection, std::string_view sql, const std::string& table) {
  THRONG_TRY(const Rows rows, connection.run(sql, {table}));
  std::vector<std::string> names;
  for (std::size_t i = 0; i < rows.size(); ++i) names.push_back(rows.text(i, 0));
  return names;
}

}  // namespace

std::vector<std::string> tables_made(int version) {
  constexpr std::string_view kMake = "CREATE TABLE ";
  std::vector<std::string> names;
  for (const Migration& migration : all_migrations()) {
    if (migration.version > version) break;
    for (std::size_t at = migration.sql.find(kMake); at != std::string_view::npos; at = migration.sql.find(kMake, at)) {
      at += kMake.size();
      names.emplace_back(migration.sql.substr(at, migration.sql.find(' ', at) - at));
    }
  }
  return names;
}

Result<BackupTable> describe_table(Connection& connection, const std::string& name) {
  const bool sqlite = connection.engine() == Engine::Sqlite;
  BackupTable table{name, {}, {}};
  THRONG_TRY(table.columns,
             names_of(connection,
                      sqlite ? "SELECT name FROM pragma_table_info($1) ORDER BY cid"
                             : "SELECT CAST(attname AS TEXT) FROM pg_attribute WHERE attrelid = to_regclass($1) "
                               "AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
                      name));
  THRONG_TRY(table.key, names_of(connection,
                                 sqlite ? "SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk"
                                        : "SELECT CAST(attname AS TEXT) FROM pg_index JOIN pg_attribute ON attrelid = "
                                          "indrelid AND attnum = ANY(indkey) WHERE indrelid = to_regclass($1) AND "
                                          "indisprimary ORDER BY array_position(CAST(indkey AS int2[]), attnum)",
                                 name));
  return table;
}

std::size_t rows_at_once(const std::string& table) {
  return table == "room_checkpoint" || table == "content_text" ? 16 : 1'000;
}

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

std::string parameters(std::size_t count) {
  std::string list;
  for (std::size_t i = 1; i <= count; ++i) list += fmt::format("{}${}", i == 1 ? "" : ", ", i);
  return list;
}

}  // namespace throng::services
