#include "services/database/sqlite_connection.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <optional>
#include <thread>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "base/private_folder.h"
#include "services/database/sqlite_checkpointer.h"
#include "services/database/sqlite_log.h"
#include "services/database/statement_text.h"

namespace throng::services {
namespace {

/// Another program that writes (a backup, `throngd account`) is waited for; then it is Trouble::Busy.
constexpr int kSqliteBusyMilliseconds = 5'000;
/// A file up to this size is read through when it is opened: damage is found before anything is built on it.
constexpr std::uintmax_t kQuickCheckBytesMax = 32 << 20;

/// Durable at commit, unless begun without (begin_unsynced); the log is cut to 64 MiB when it has been folded back
/// (sqlite_checkpointer.h); nothing in the file can call into the program.
constexpr const char* kSqliteSettings = R"sql(
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -65536;
  PRAGMA journal_size_limit = 67108864;
)sql";

Trouble sqlite_trouble(int code) {
  switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE: return Trouble::None;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Trouble::Busy;
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG: return Trouble::Constraint;
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN: return Trouble::Full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Trouble::Corrupt;
    default: return Trouble::Mistake;
  }
}

std::string_view sqlite_advice(Trouble trouble) {
  switch (trouble) {
    case Trouble::Corrupt:
      return "; it is not a database or it is damaged, and was left as it is: end the server, move the file away and "
             "restore a backup (throngd restore), or name another file";
    case Trouble::Full: return "; free some space, or let the server write the file and its folder";
    case Trouble::Busy: return "; another program is writing to it";
    default: return "";
  }
}

/// Resets on the way out, so that no statement holds a lock or a value longer than its run.
class RunningStatement {
 public:
  explicit RunningStatement(sqlite3_stmt* statement) : statement_(statement) {}
  RunningStatement(const RunningStatement&) = delete;
  RunningStatement& operator=(const RunningStatement&) = delete;
  ~RunningStatement() { sqlite3_reset(statement_); }

 private:
  sqlite3_stmt* statement_;
};

/// The values stay where they are until the statement has run.
int bind_value(sqlite3_stmt* statement, int index, const SqlValue& value) {
  if (const auto* const number = std::get_if<std::int64_t>(&value))
    return sqlite3_bind_int64(statement, index, *number);
  if (const auto* const text = std::get_if<std::string>(&value)) {
    return sqlite3_bind_text64(statement, index, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  if (const auto* const bytes = std::get_if<Blob>(&value)) {
    // Without an address it would be NULL.
    const void* const data = bytes->empty() ? static_cast<const void*>("") : bytes->data();
    return sqlite3_bind_blob64(statement, index, data, bytes->size(), SQLITE_STATIC);
  }
  return sqlite3_bind_null(statement, index);
}

SqlValue column_value(sqlite3_stmt* statement, int column) {
  const auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(statement, column)); };
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return std::int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT: return std::int64_t{sqlite3_column_int64(statement, column)};  // no column of ours holds one
    case SQLITE_TEXT: {
      const auto* const text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return std::string(text, size());
    }
    case SQLITE_BLOB: {
      const auto* const bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
      return bytes == nullptr ? Blob() : Blob(bytes, bytes + size());
    }
    default: return std::monostate();
  }
}

class SqliteConnection final : public Connection {
 public:
  explicit SqliteConnection(std::string path) : path_(std::move(path)) {}
  ~SqliteConnection() override { close(); }
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  Engine engine() const override { return Engine::Sqlite; }
  Result<Rows> run(std::string_view sql, std::span<const SqlValue> values) override;
  Result<void> run_all(std::span<const SqlStatement> statements) override;
  Result<void> run_script(const std::string& script) override;
  Result<void> begin() override;
  Result<void> begin_unsynced() override;
  Result<void> sync() override { return log_ == nullptr ? Result<void>() : log_->sync(); }
  Result<void> begin_snapshot() override;
  Result<void> commit() override;
  void rollback() override;
  Trouble trouble() const override { return trouble_; }
  Result<void> reconnect() override;

  Result<void> open(Opening opening);

 private:
  bool in_memory() const { return path_ == ":memory:"; }
  Result<void> begin_with(std::string_view sql);
  Result<void> synced_at_commit(bool synced);
  void close();
  Result<void> make_file();
  Result<void> settle();
  Result<void> open_log();
  Result<void> check_file();
  Result<void> exec(const char* sql);
  Result<sqlite3_stmt*> prepared(std::string_view sql);
  Result<void> bind(sqlite3_stmt* statement, std::string_view sql, std::span<const SqlValue> values);
  Result<void> run_batch(std::span<const SqlStatement> statements);
  Result<void> usable();
  Failure failed(int code, std::string_view sql);
  Failure refused(Trouble trouble, std::string message);

  std::string path_;
  sqlite3* database_ = nullptr;
  std::optional<SqliteCheckpointer> checkpointer_;
  std::unique_ptr<SqliteLog> log_;  ///< null in memory
  std::unordered_map<std::string, sqlite3_stmt*, StatementHash, std::equal_to<>> prepared_;  ///< at most kPreparedMax
  Trouble trouble_ = Trouble::None;
  bool in_transaction_ = false;
  bool synced_at_commit_ = true;
  bool read_only_ = false;  ///< the transaction is a snapshot
  bool spoiled_ = false;  ///< something failed in this transaction: as in PostgreSQL, only a rollback is left
};

Failure SqliteConnection::refused(Trouble trouble, std::string message) {
  trouble_ = trouble;
  if (in_transaction_) spoiled_ = true;
  return fail(std::move(message));
}

Failure SqliteConnection::failed(int code, std::string_view sql) {
  const Trouble trouble = sqlite_trouble(code);
  const char* const why = database_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database_);
  std::string message = fmt::format("{}: {}{}", path_, why, sqlite_advice(trouble));
  if (trouble == Trouble::Mistake) message += fmt::format(" (in: {})", shown_statement(sql));
  return refused(trouble, std::move(message));
}

Result<void> SqliteConnection::open(Opening opening) {
  if (opening == Opening::Make) THRONG_CHECK(make_file());
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  if (const int code = sqlite3_open_v2(path_.c_str(), &database_, flags, nullptr); code != SQLITE_OK) {
    std::error_code ignored;
    if (opening == Opening::Existing && !std::filesystem::exists(path_, ignored))
      return refused(Trouble::Away, fmt::format("there is no database at {}: start the server once, which makes it, or "
                                                "name another one (--data-dir, --database-url)",
                                                path_));
    return failed(code, "");
  }
  sqlite3_busy_timeout(database_, kSqliteBusyMilliseconds);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  if (!in_memory() && sqlite3_db_readonly(database_, "main") == 1) return failed(SQLITE_READONLY, "");
  THRONG_CHECK(settle());
  if (!in_memory()) THRONG_CHECK(open_log());
  return opening == Opening::Again ? Result<void>() : check_file();
}

Result<void> SqliteConnection::open_log() {
  THRONG_CHECK(exec("SELECT 1 FROM sqlite_schema LIMIT 1"));  // makes the log, should it not be there
  auto log = SqliteLog::open(path_, path_ + "-wal");
  if (!log) return refused(Trouble::Full, log.error().message);
  log_ = *std::move(log);
  checkpointer_.emplace(path_);
  const auto committed = [](void* checkpointer, sqlite3* database, const char*, int frames) {
    static_cast<SqliteCheckpointer*>(checkpointer)->committed(database, frames);
    return SQLITE_OK;
  };
  sqlite3_wal_hook(database_, committed, &*checkpointer_);
  return {};
}

/// The first change to the write-ahead log needs the file alone, and does not wait for that by itself.
Result<void> SqliteConnection::settle() {
  const auto patience = std::chrono::steady_clock::now() + std::chrono::milliseconds(kSqliteBusyMilliseconds);
  for (;;) {
    auto settled = exec(kSqliteSettings);
    synced_at_commit_ = true;
    if (settled || trouble_ != Trouble::Busy || std::chrono::steady_clock::now() > patience) return settled;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

/// Nobody else on the machine may read it; SQLite gives its other files the same mode. Made without being opened: closing
/// any descriptor of the file would end the locks of this process's other connections, and a program beside the server
/// (a backup, `throngd ledger`) would then take the log for nobody's and delete it.
Result<void> SqliteConnection::make_file() {
  if (in_memory()) return {};
  if (auto made = make_private_folder(std::filesystem::path(path_).parent_path().string()); !made)
    return refused(Trouble::Full, made.error().message + std::string(sqlite_advice(Trouble::Full)));
  if (mknod(path_.c_str(), S_IFREG | 0600, 0) == 0 || errno == EEXIST) return {};
  const int why = errno;
  return refused(Trouble::Full, fmt::format("{}: {}{}", path_, std::strerror(why), sqlite_advice(Trouble::Full)));
}

Result<void> SqliteConnection::check_file() {
  std::error_code error;
  if (in_memory() || std::filesystem::file_size(path_, error) > kQuickCheckBytesMax) return {};
  auto found = Connection::run("PRAGMA quick_check(1)");
  if (!found) return fail(found.error());
  if (found->size() == 1 && found->text(0, 0) == "ok") return {};
  return refused(Trouble::Corrupt, fmt::format("{}: {}{}", path_, found->empty() ? "damaged" : found->text(0, 0),
                                               sqlite_advice(Trouble::Corrupt)));
}

void SqliteConnection::close() {
  checkpointer_.reset();
  log_.reset();
  for (const auto& [sql, statement] : prepared_) sqlite3_finalize(statement);
  prepared_.clear();
  sqlite3_close(database_);
  database_ = nullptr;
  in_transaction_ = spoiled_ = false;
}

Result<void> SqliteConnection::reconnect() {
  // Never made here: a server whose file was moved away must not go on with an empty one.
  const Opening opening =
      trouble_ == Trouble::Corrupt || trouble_ == Trouble::Away ? Opening::Existing : Opening::Again;
  trouble_ = Trouble::None;
  if (in_memory()) {
    rollback();
    return {};
  }
  close();
  return open(opening);
}

Result<void> SqliteConnection::usable() {
  if (database_ == nullptr) return refused(Trouble::Away, path_ + ": not open");
  if (spoiled_) return refused(trouble_, path_ + ": the transaction has failed already");
  return {};
}

Result<void> SqliteConnection::exec(const char* sql) {
  const int code = sqlite3_exec(database_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return failed(code, sql);
  return {};
}

Result<sqlite3_stmt*> SqliteConnection::prepared(std::string_view sql) {
  if (const auto found = prepared_.find(sql); found != prepared_.end()) return found->second;
  if (prepared_.size() >= kPreparedMax) {
    for (const auto& [text, statement] : prepared_) sqlite3_finalize(statement);
    prepared_.clear();
  }
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &statement, &rest);
  if (code != SQLITE_OK) return failed(code, sql);
  const std::string_view left = sql.substr(static_cast<std::size_t>(rest - sql.data()));
  if (statement == nullptr || left.find_first_not_of(" \n\t;") != std::string_view::npos) {
    sqlite3_finalize(statement);
    return refused(Trouble::Mistake, fmt::format("not exactly one statement: {}", shown_statement(sql)));
  }
  prepared_.emplace(std::string(sql), statement);
  return statement;
}

Result<void> SqliteConnection::bind(sqlite3_stmt* statement, std::string_view sql, std::span<const SqlValue> values) {
  if (sqlite3_bind_parameter_count(statement) != static_cast<int>(values.size())) {
    return refused(Trouble::Mistake, fmt::format("{} values for: {}", values.size(), shown_statement(sql)));
  }
  if (!storable(values)) return refused(Trouble::Constraint, "a text that is not UTF-8 or holds a NUL");
  int index = 0;
  for (const SqlValue& value : values) {
    if (const int code = bind_value(statement, ++index, value); code != SQLITE_OK) return failed(code, sql);
  }
  return {};
}

Result<Rows> SqliteConnection::run(std::string_view sql, std::span<const SqlValue> values) {
  THRONG_CHECK(usable());
  THRONG_CHECK(synced_at_commit(true));
  THRONG_TRY(sqlite3_stmt* const statement, prepared(sql));
  const RunningStatement running(statement);
  THRONG_CHECK(bind(statement, sql, values));
  const int columns = sqlite3_column_count(statement);
  Rows rows(static_cast<std::size_t>(columns));
  const int before = sqlite3_total_changes(database_);
  int code = sqlite3_step(statement);
  for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
    for (int column = 0; column < columns; ++column) rows.append(column_value(statement, column));
  }
  if (code != SQLITE_DONE) return failed(code, sql);
  if (sqlite3_total_changes(database_) != before) rows.set_changed(sqlite3_changes64(database_));
  return rows;
}

Result<void> SqliteConnection::run_all(std::span<const SqlStatement> statements) {
  if (in_transaction_) return run_batch(statements);
  THRONG_CHECK(begin());
  if (auto ran = run_batch(statements); !ran) {
    const Trouble why = trouble_;
    rollback();
    trouble_ = why;
    return ran;
  }
  return commit();
}

/// A hundred thousand transactions a second come through here, most of them the same few statements.
Result<void> SqliteConnection::run_batch(std::span<const SqlStatement> statements) {
  THRONG_CHECK(usable());
  for (const SqlStatement& each : statements) {
    THRONG_TRY(sqlite3_stmt* const statement, prepared(each.sql));
    const RunningStatement running(statement);
    THRONG_CHECK(bind(statement, each.sql, each.values));
    int code = sqlite3_step(statement);
    while (code == SQLITE_ROW) code = sqlite3_step(statement);
    if (code != SQLITE_DONE) return failed(code, each.sql);
    if (each.changed != nullptr) *each.changed = sqlite3_changes64(database_);
    if (each.changes_at_least > 0 && sqlite3_changes64(database_) < each.changes_at_least) {
      return refused(Trouble::Busy, fmt::format("touched too few rows: {}", shown_statement(each.sql)));
    }
  }
  return {};
}

Result<void> SqliteConnection::run_script(const std::string& script) {
  THRONG_CHECK(usable());
  return exec(script.c_str());
}

/// Immediate: one that reads first and writes later would fail whenever somebody else wrote in between.
Result<void> SqliteConnection::begin() {
  THRONG_CHECK(synced_at_commit(true));
  return begin_with("BEGIN IMMEDIATE");
}

Result<void> SqliteConnection::begin_unsynced() {
  THRONG_CHECK(synced_at_commit(false));
  return begin_with("BEGIN IMMEDIATE");
}

Result<void> SqliteConnection::synced_at_commit(bool synced) {
  if (synced == synced_at_commit_ || in_transaction_) return {};
  THRONG_CHECK(usable());
  THRONG_CHECK(exec(synced ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL"));
  synced_at_commit_ = synced;
  return {};
}

Result<void> SqliteConnection::begin_snapshot() {
  THRONG_CHECK(begin_with("BEGIN"));
  read_only_ = true;
  return exec("PRAGMA query_only = ON");
}

Result<void> SqliteConnection::begin_with(std::string_view sql) {
  THRONG_CHECK(usable());
  if (in_transaction_) return refused(Trouble::Mistake, "a transaction within a transaction");
  THRONG_TRY(sqlite3_stmt* const statement, prepared(sql));
  const RunningStatement running(statement);
  if (const int code = sqlite3_step(statement); code != SQLITE_DONE) return failed(code, "BEGIN");
  in_transaction_ = true;
  trouble_ = Trouble::None;
  return {};
}

Result<void> SqliteConnection::commit() {
  if (auto can = usable(); !can) {
    const Trouble why = trouble_;
    rollback();
    trouble_ = why;
    return can;
  }
  if (!in_transaction_) return refused(Trouble::Mistake, "a commit without a transaction");
  THRONG_TRY(sqlite3_stmt* const statement, prepared("COMMIT"));
  int code = SQLITE_OK;
  {
    const RunningStatement running(statement);
    code = sqlite3_step(statement);
  }
  if (code == SQLITE_DONE) {
    in_transaction_ = false;
    return {};
  }
  const Failure failure = failed(code, "COMMIT");
  const Trouble why = trouble_;
  rollback();
  trouble_ = why;
  return failure;
}

void SqliteConnection::rollback() {
  // Some failures, a full disk for one, have rolled back already.
  if (database_ != nullptr && sqlite3_get_autocommit(database_) == 0) {
    sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  if (database_ != nullptr && read_only_) sqlite3_exec(database_, "PRAGMA query_only = OFF", nullptr, nullptr, nullptr);
  in_transaction_ = spoiled_ = read_only_ = false;
}

}  // namespace

Result<std::unique_ptr<Connection>> open_sqlite(const std::string& path, Opening opening) {
  // Statistics of memory that nobody reads would cost a lock at each allocation. Only before the first connection.
  static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(configured);
  auto connection = std::make_unique<SqliteConnection>(path);
  THRONG_CHECK(connection->open(opening));
  return std::unique_ptr<Connection>(std::move(connection));
}

}  // namespace throng::services
