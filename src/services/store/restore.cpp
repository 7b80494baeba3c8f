#include "services/store/restore.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "services/store/backup_file.h"
#include "services/store/backup_tables.h"
#include "services/store/characters_repository.h"
#include "services/store/failpoint.h"
#include "services/store/schema/all_migrations.h"
#include "services/store/schema/characters_2.h"
#include "services/store/schema/rooms_3.h"
#include "services/store/sole_server.h"
#include "services/store/store.h"

namespace throng::services {
namespace {

/// Further than any server gets between a backup and its restoring: fences, blocks of numbers for pieces (of which there are
/// 2^31), and the numbers that PostgreSQL gives.
constexpr std::int64_t kLeap = 1'000'000;

/// Of PostgreSQL.
Result<void> check_idle(Connection& connection, std::int64_t now) {
  THRONG_TRY(const HeldLeases held, held_leases(connection, now));
  THRONG_TRY(const Rows alive, connection.run("SELECT count(*), COALESCE(MAX(alive_until), 0) FROM node "
                                              "WHERE alive_until >= $1",
                                              {now}));
  if (held.count == 0 && alive.integer(0, 0) == 0) return {};
  const std::int64_t seconds = (std::max(held.until, alive.integer(0, 1)) - now) / 1'000 + 1;
  return fail(
      fmt::format("a server is at work on this database ({} characters are played): end it first. If none runs, for it "
                  "was killed, wait {} seconds and try again",
                  held.count, seconds));
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
    batch_max_ = rows_at_once(table.name);
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
    THRONG_FAILPOINT("restore.after_batch");
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

/// What comes next must not be a number that is there already, nor one that a server has heard of since. Those of the ledger
/// nobody remembers, and its index goes through them without gaps.
Result<void> move_sequences_on(Connection& connection, const std::vector<std::string>& tables) {
  if (connection.engine() == Engine::Sqlite) return {};  // it does so by itself, and no other server has the file
  for (const std::string& name : tables) {
    THRONG_TRY(const BackupTable table, describe_table(connection, name));
    if (table.key != std::vector<std::string>{"id"}) continue;
    const bool remembered = name != "ledger";
    const std::string sql = fmt::format(
        "SELECT setval(sequence, (SELECT GREATEST(MAX(id), {1}) FROM {0}) + {2}) "
        "FROM pg_get_serial_sequence('{0}', 'id') AS sequence WHERE sequence IS NOT NULL AND EXISTS (SELECT 1 FROM "
        "{0})",
        name, remembered ? "pg_sequence_last_value(sequence)" : "0", remembered ? kLeap : 0);
    THRONG_CHECK(connection.run(sql));
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
  THRONG_FAILPOINT("restore.after_emptying");
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

/// Numbers that count on over all restorings of a database, whichever backup it is that comes back.
struct NumberBlocks {
  std::int64_t item_uids = 0;
  std::int64_t room_fences = 0;
};

/// @param version  numbers that came later are 0
Result<NumberBlocks> number_blocks(Connection& connection, int version) {
  NumberBlocks blocks;
  if (version < kRooms3.version) return blocks;
  THRONG_TRY(const Rows rows, connection.run("SELECT name, next FROM number_block"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows.text(i, 0) == "item_uids") blocks.item_uids = rows.integer(i, 1);
    if (rows.text(i, 0) == "room_fences") blocks.room_fences = rows.integer(i, 1);
  }
  return blocks;
}

/// Servers of the time of the backup and since have no say in the restored database.
/// @param before  as it was when the restoring began
Result<void> end_leases(Connection& connection, int version, const NumberBlocks& before) {
  THRONG_TRY(const NumberBlocks restored, number_blocks(connection, version));
  const std::int64_t further = std::max<std::int64_t>(before.room_fences - restored.room_fences, 0) + kLeap;
  if (version < kCharacters2.version) return {};
  THRONG_CHECK(connection.run("UPDATE character SET node = NULL, leased_until = 0, fence = fence + $1", {further}));
  if (version < kRooms3.version) return {};
  THRONG_CHECK(connection.run("DELETE FROM node"));
  THRONG_CHECK(connection.run("UPDATE room_checkpoint SET fence = fence + $1", {further}));
  THRONG_CHECK(connection.run("UPDATE number_block SET next = next + $1 WHERE name = 'room_fences'", {further}));
  THRONG_CHECK(connection.run("UPDATE number_block SET next = $1 WHERE name = 'item_uids'",
                              {std::max(before.item_uids, restored.item_uids) + kLeap}));
  return {};
}

/// Whoever else writes is waited for, and waits until the end of the transaction: nothing of theirs gets in between.
Result<void> lock_tables(Connection& connection, int version) {
  if (connection.engine() == Engine::Sqlite) return {};
  std::vector<std::string> present;
  for (const std::string& name : tables_made(version)) {
    THRONG_TRY(const BackupTable table, describe_table(connection, name));
    if (!table.columns.empty()) present.push_back(name);
  }
  return connection.run_script("LOCK TABLE " + joined(present) + " IN ACCESS EXCLUSIVE MODE");
}

Result<std::int64_t> restore_within(Connection& connection, BackupReader& reader, int version, std::int64_t now) {
  THRONG_FAILPOINT("restore.after_begin");
  const bool shared = connection.engine() == Engine::Postgres && version >= 3;
  if (shared) THRONG_CHECK(check_idle(connection, now));
  THRONG_CHECK(lock_tables(connection, version));
  if (shared) THRONG_CHECK(check_idle(connection, now));
  THRONG_TRY(const NumberBlocks before, number_blocks(connection, version));
  THRONG_TRY(const std::int64_t rows, restore_rows(connection, reader, version));
  THRONG_CHECK(end_leases(connection, version, before));
  THRONG_FAILPOINT("restore.before_commit");
  THRONG_CHECK(connection.commit());
  THRONG_FAILPOINT("restore.after_commit");
  return rows;
}

Result<std::unique_ptr<SoleServer>> claim_for_restoring(const std::string& url) {
  auto sole = claim_sole_server(url);
  if (!sole && sole.error().message.starts_with(kAnotherServer))
    return fail(fmt::format("a server is at work on this database: end it first ({})", sole.error().message));
  return sole;
}

}  // namespace

Result<BackupSummary> restore_backup(const std::string& url, const std::string& file, RestoreOnto onto,
                                     std::int64_t now) {
  THRONG_TRY(BackupReader reader, BackupReader::open(file));
  THRONG_TRY(const BackupReader::Record head, reader.next());
  const auto* const version = head.values.empty() ? nullptr : std::get_if<std::int64_t>(&head.values[0]);
  if (head.kind != BackupRecord::Version || version == nullptr || *version < 1) return fail(file + ": is damaged");
  if (*version > all_migrations().back().version)
    return fail(file + ": was made by a newer program; use that one, or a later one");
  BackupSummary summary{static_cast<int>(*version), 0};
  THRONG_TRY(const std::unique_ptr<SoleServer> sole, claim_for_restoring(url));
  THRONG_TRY(const std::unique_ptr<Connection> connection, connect_database(url));
  THRONG_CHECK(check_target(*connection, summary.version, onto));
  THRONG_TRY(const int made, migrate(*connection, all_migrations().first(static_cast<std::size_t>(*version))));
  static_cast<void>(made);
  THRONG_FAILPOINT("restore.after_schema");
  THRONG_CHECK(connection->begin());
  const Result<std::int64_t> rows = restore_within(*connection, reader, summary.version, now);
  if (!rows) {
    connection->rollback();
    return fail(rows.error());
  }
  summary.rows = *rows;
  THRONG_CHECK(prepare_database(*connection));
  return summary;
}

}  // namespace throng::services
