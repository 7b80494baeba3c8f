#include "services/store/backup.h"

#include <algorithm>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "services/store/backup_file.h"
#include "services/store/backup_tables.h"
#include "services/store/schema/all_migrations.h"

namespace throng::services {
namespace {

Result<std::int64_t> back_up_table(Connection& connection, const BackupTable& table, BackupWriter& writer) {
  std::vector<SqlValue> head{table.name};
  head.insert(head.end(), table.columns.begin(), table.columns.end());
  THRONG_CHECK(writer.put(BackupRecord::Table, head));
  const std::string select = fmt::format("SELECT {} FROM {}", joined(table.columns), table.name);
  const std::string order = fmt::format(" ORDER BY {} LIMIT {}", joined(table.key), rows_at_once(table.name));
  const std::string first_page = select + order;
  const std::string next_page =
      fmt::format("{} WHERE ({}) > ({}){}", select, joined(table.key), parameters(table.key.size()), order);
  std::vector<SqlValue> after;
  std::int64_t count = 0;
  for (;;) {
    THRONG_TRY(const Rows rows,
               connection.run(after.empty() ? first_page : next_page, std::span<const SqlValue>(after)));
    if (rows.empty()) return count;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      std::vector<SqlValue> values;
      for (std::size_t column = 0; column < table.columns.size(); ++column) values.push_back(rows.at(row, column));
      THRONG_CHECK(writer.put(BackupRecord::Row, values));
      ++count;
    }
    after.clear();
    for (const std::string& key : table.key) {
      const auto column = std::find(table.columns.begin(), table.columns.end(), key) - table.columns.begin();
      after.push_back(rows.at(rows.size() - 1, static_cast<std::size_t>(column)));
    }
  }
}

Result<BackupSummary> back_up_all(Connection& connection, BackupWriter& writer) {
  BackupSummary summary;
  THRONG_TRY(summary.version, schema_version(connection));
  if (summary.version == 0) return fail("the database is empty: there is nothing to back up");
  if (summary.version > all_migrations().back().version)
    return fail("the database is newer than this program; use the newer program for its backup");
  THRONG_CHECK(writer.put(BackupRecord::Version, {std::int64_t{summary.version}}));
  for (const std::string& name : tables_made(summary.version)) {
    THRONG_TRY(const BackupTable table, describe_table(connection, name));
    if (table.columns.empty()) continue;
    THRONG_TRY(const std::int64_t rows, back_up_table(connection, table, writer));
    summary.rows += rows;
  }
  THRONG_CHECK(writer.put(BackupRecord::End, {summary.rows}));
  return summary;
}

}  // namespace

Result<BackupSummary> back_up(Connection& connection, const std::string& file) {
  THRONG_TRY(BackupWriter writer, BackupWriter::create(file));
  THRONG_CHECK(connection.begin_snapshot());
  Result<BackupSummary> summary = back_up_all(connection, writer);
  connection.rollback();
  if (!summary) return summary;
  THRONG_CHECK(writer.finish());
  return summary;
}

}  // namespace throng::services
