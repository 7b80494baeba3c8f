#include "services/store/backup.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "services/store/backup_file.h"
#include "services/store/characters_repository.h"
#include "services/store/schema/all_migrations.h"
#include "services/store/store.h"

namespace throng::services {
namespace {

/// Rows of a table that are in memory at once: few of those that hold a room's world or a map, megabytes each.
std::int64_t rows_at_once(const std::string& table) {
  return table == "room_checkpoint" || table == "content_text" ? 16 : 1'000;
}

struct BackupTable {
  std::string name;
  std::vector<std::string> columns;
  std::vector<std::string> key;
};

/// Of the migrations up to `version`, in the order in which they were made: none refers to a later one.
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

Result<std::vector<std::string>> names_of(Connection& connection, std::string_view sql, const std::string& table) {
  THRONG_TRY(const Rows rows, connection.run(sql, {table}));
  std::vector<std::string> names;
  for (std::size_t i = 0; i < rows.size(); ++i) names.push_back(rows.text(i, 0));
  return names;
}

/// Without columns: a later migration has dropped it.
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

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

/// `$1, $2 … $n`, from `first` on.
std::string parameters(std::size_t count, std::size_t first = 1) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) list += fmt::format("{}${}", i == 0 ? "" : ", ", first + i);
  return list;
}

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

Result<void> check_idle(Connection& connection, std::int64_t now) {
  THRONG_TRY(const int version, schema_version(connection));
  if (version < 3) return {};
  THRONG_TRY(const std::int64_t leases, held_leases(connection, now));
  THRONG_TRY(const Rows nodes, connection.run("SELECT count(*) FROM node WHERE alive_until >= $1", {now}));
  if (leases == 0 && nodes.integer(0, 0) == 0) return {};
  return fail(fmt::format("a server is at work on this database ({} characters are played): end it first", leases));
}

Result<void> check_target(Connection& connection, int version, RestoreOnto onto) {
  THRONG_TRY(const int present, schema_version(connection));
  if (present == 0) return {};
  THRONG_TRY(const Rows people,
             connection.run("SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM owner WHERE id >= 1000)"));
  if (onto == RestoreOnto::EmptyDatabase && (people.integer(0, 0) != 0 || people.integer(0, 1) != 0))
    return fail(
        fmt::format("the database is not empty: it has {} accounts. Name an empty one, or say --replace to lose what "
                    "is in it",
                    people.integer(0, 0)));
  if (present == version) return {};
  return fail(fmt::format("the database has the schema {} and the backup {}: restore it into a new, empty database",
                          present, version));
}

/// Rows on their way into a table.
class RestoredTable {
 public:
  RestoredTable(Connection& connection, std::deque<std::string>& texts) : connection_(connection), texts_(texts) {}

  /// @param known  tables of this schema: what a file says is never part of the SQL unless it is one of them
  Result<void> begin(const std::vector<SqlValue>& head, const std::vector<std::string>& known) {
    THRONG_CHECK(flush());
    std::vector<std::string> words;
    for (const SqlValue& value : head) {
      const auto* const word = std::get_if<std::string>(&value);
      if (word == nullptr) return fail("a table without a name");
      words.push_back(*word);
    }
    if (words.size() < 2 || std::find(known.begin(), known.end(), words[0]) == known.end())
      return fail("a table that this schema does not have");
    THRONG_TRY(const BackupTable table, describe_table(connection_, words[0]));
    const std::vector<std::string> columns(words.begin() + 1, words.end());
    if (columns != table.columns) return fail(fmt::format("the table {} has other columns", table.name));
    columns_ = columns.size();
    batch_max_ = static_cast<std::size_t>(rows_at_once(table.name));
    insert_ = &texts_.emplace_back(
        fmt::format("INSERT INTO {} ({}) VALUES ({})", table.name, joined(columns), parameters(columns_)));
    return {};
  }

  Result<void> add(std::vector<SqlValue> values) {
    if (insert_ == nullptr || values.size() != columns_) return fail("a row without its table");
    batch_.push_back({*insert_, std::move(values)});
    ++rows_;
    return batch_.size() >= batch_max_ ? flush() : Result<void>();
  }

  Result<void> flush() {
    THRONG_CHECK(connection_.run_all(batch_));
    batch_.clear();
    return {};
  }
  std::int64_t rows() const { return rows_; }

 private:
  Connection& connection_;
  std::deque<std::string>& texts_;
  const std::string* insert_ = nullptr;
  std::size_t columns_ = 0;
  std::size_t batch_max_ = 1;
  std::vector<SqlStatement> batch_;
  std::int64_t rows_ = 0;
};

/// What comes next must not be a number that is there already.
Result<void> move_sequences_on(Connection& connection, const std::vector<std::string>& tables) {
  if (connection.engine() == Engine::Sqlite) return {};  // it does so by itself
  for (const std::string& name : tables) {
    THRONG_TRY(const BackupTable table, describe_table(connection, name));
    if (table.key != std::vector<std::string>{"id"}) continue;
    const std::string sql = fmt::format(
        "SELECT setval(pg_get_serial_sequence('{0}', 'id'), (SELECT MAX(id) FROM {0})) WHERE EXISTS (SELECT 1 FROM "
        "{0})",
        name);
    THRONG_TRY(const Rows moved, connection.run(sql));
    static_cast<void>(moved);
  }
  return {};
}

Result<std::int64_t> restore_rows(Connection& connection, BackupReader& reader, int version) {
  const std::vector<std::string> tables = tables_made(version);
  std::deque<std::string> texts;
  for (auto name = tables.rbegin(); name != tables.rend(); ++name) {
    THRONG_TRY(const BackupTable table, describe_table(connection, *name));
    if (table.columns.empty()) continue;
    THRONG_TRY(const Rows gone, connection.run(texts.emplace_back("DELETE FROM " + *name)));
    static_cast<void>(gone);
  }
  RestoredTable table(connection, texts);
  for (;;) {
    THRONG_TRY(BackupReader::Record record, reader.next());
    if (record.kind == BackupRecord::End) {
      THRONG_CHECK(table.flush());
      if (record.values != std::vector<SqlValue>{table.rows()}) return fail("rows are missing");
      break;
    }
    if (record.kind == BackupRecord::Table) THRONG_CHECK(table.begin(record.values, tables));
    if (record.kind == BackupRecord::Row) THRONG_CHECK(table.add(std::move(record.values)));
  }
  THRONG_CHECK(move_sequences_on(connection, tables));
  return table.rows();
}

/// Servers of the time of the backup have no say in the restored database.
Result<void> end_leases(Connection& connection) {
  THRONG_CHECK(
      connection.run_script("UPDATE character SET node = NULL, leased_until = 0, fence = fence + 1; "
                            "DELETE FROM node; DELETE FROM room_cut;"));
  return {};
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

Result<BackupSummary> restore_backup(Connection& connection, const std::string& file, RestoreOnto onto,
                                     std::int64_t now) {
  THRONG_TRY(BackupReader reader, BackupReader::open(file));
  THRONG_TRY(const BackupReader::Record head, reader.next());
  const auto* const version = head.values.empty() ? nullptr : std::get_if<std::int64_t>(&head.values[0]);
  if (head.kind != BackupRecord::Version || version == nullptr || *version < 1) return fail(file + ": is damaged");
  if (*version > all_migrations().back().version)
    return fail(file + ": was made by a newer program; use that one, or a later one");
  BackupSummary summary{static_cast<int>(*version), 0};
  THRONG_CHECK(check_idle(connection, now));
  THRONG_CHECK(check_target(connection, summary.version, onto));
  THRONG_TRY(const int made, migrate(connection, all_migrations().first(static_cast<std::size_t>(*version))));
  static_cast<void>(made);
  THRONG_CHECK(connection.begin());
  Result<std::int64_t> rows = restore_rows(connection, reader, summary.version);
  if (rows) {
    if (const Result<void> committed = connection.commit(); !committed) rows = fail(committed.error());
  }
  if (!rows) {
    connection.rollback();
    return fail(rows.error());
  }
  summary.rows = *rows;
  THRONG_CHECK(prepare_database(connection));
  THRONG_CHECK(end_leases(connection));
  return summary;
}

}  // namespace throng::services
