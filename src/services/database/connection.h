#pragma once
// One connection to the database, SQLite or PostgreSQL, behind the same calls and the same SQL. What differs between the
// engines is hidden here and in the type words of migrations.h; nothing above knows which one it talks to.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace throng::services {

using Blob = std::vector<std::uint8_t>;
/// NULL, BIGINT, TEXT (UTF-8), bytes.
using SqlValue = std::variant<std::monostate, std::int64_t, std::string, Blob>;

enum class Engine : std::uint8_t { Sqlite, Postgres };

/// What kind of failure the last one was: what to do next follows from it.
enum class Trouble : std::uint8_t {
  None,
  Away,  ///< the server cannot be reached or has gone; whether a commit under way took effect is unknown
  Busy,  ///< somebody else was faster; the transaction can be tried again
  Constraint,  ///< the data refused it: not unique, below zero, no such row
  Full,  ///< the disk is, or the file may not be written
  Corrupt,  ///< not a database, or a damaged one; nothing was overwritten
  Mistake,  ///< the statement itself is wrong: ours
};

/// The rows of one answer, in memory. Bound: the statement's own LIMIT.
class Rows {
 public:
  std::size_t size() const { return column_count_ == 0 ? 0 : values_.size() / column_count_; }
  bool empty() const { return values_.empty(); }
  const SqlValue& at(std::size_t row, std::size_t column) const { return values_[row * column_count_ + column]; }
  bool is_null(std::size_t row, std::size_t column) const;
  /// 0, or empty, when it is NULL or of another type.
  std::int64_t integer(std::size_t row, std::size_t column) const;
  std::string text(std::size_t row, std::size_t column) const;
  Blob blob(std::size_t row, std::size_t column) const;
  /// Rows that INSERT, UPDATE or DELETE touched.
  std::int64_t changed() const { return changed_; }

  // For the engines.
  explicit Rows(std::size_t column_count = 0) : column_count_(column_count) {}
  void append(SqlValue value) { values_.push_back(std::move(value)); }
  void set_changed(std::int64_t rows) { changed_ = rows; }

 private:
  std::size_t column_count_;
  std::vector<SqlValue> values_;
  std::int64_t changed_ = 0;
};

/// One of many that are sent together.
struct SqlStatement {
  std::string_view sql;  ///< lives as long as the program
  std::vector<SqlValue> values;
  std::int64_t changes_at_least = 0;  ///< fewer rows touched: the whole batch fails with Trouble::Busy
  std::int64_t* changed = nullptr;  ///< where to say how many rows were touched; outlives the batch
};

/// Used by one thread at a time. Statements are prepared once and kept. Parameters are $1…$n, each used once and in this
/// order (SQLite numbers them by first appearance); nothing a user wrote is ever part of the SQL.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual Engine engine() const = 0;

  virtual Result<Rows> run(std::string_view sql, std::span<const SqlValue> values) = 0;
  Result<Rows> run(std::string_view sql, std::initializer_list<SqlValue> values = {}) {
    return run(sql, std::span<const SqlValue>(values.begin(), values.size()));
  }
  /// Many statements without answers, in order; pipelined where the engine can. Stops at the first that fails.
  virtual Result<void> run_all(std::span<const SqlStatement> statements) = 0;
  /// Text with several statements, without parameters: migrations only.
  virtual Result<void> run_script(const std::string& script) = 0;

  /// A transaction that writes: BEGIN IMMEDIATE, or serialisable by row locks. Not nested.
  virtual Result<void> begin() = 0;
  /// The same, but what it commits is durable only after the next `sync`. With PostgreSQL it is durable at once.
  virtual Result<void> begin_unsynced() { return begin(); }
  /// Everything that was committed before the call is durable when it comes back well; after a failure, try again. Any thread,
  /// while the connection's own works on; not while that reconnects.
  virtual Result<void> sync() { return {}; }
  /// A transaction that only reads: all of it sees one and the same instant, and nobody waits for it. `rollback` ends it.
  virtual Result<void> begin_snapshot() = 0;
  virtual Result<void> commit() = 0;
  /// Harmless without a transaction.
  virtual void rollback() = 0;

  /// Of the last call that failed; None again once a transaction has begun or a connection was made.
  virtual Trouble trouble() const = 0;
  /// After Trouble::Away: connects again. Keeps what was prepared.
  virtual Result<void> reconnect() = 0;
};

/// What is expected of an SQLite file. PostgreSQL has its databases made by its administrator.
enum class Opening : std::uint8_t {
  Make,  ///< made when absent; else, when it is small, read through, so that damage is found before anything is built on it
  Existing,  ///< the same, but refused with advice when absent
  Again,  ///< this process has it open already: only opened
};

/// `sqlite:PATH` (relative to the working folder; not world-readable when it is made) or `postgres://…` /
/// `postgresql://…` as libpq takes it. The error names what is wrong with the address, without its password.
Result<std::unique_ptr<Connection>> connect_database(const std::string& url, Opening opening = Opening::Make);

/// Whether the address is one of the above, without going there.
Result<void> check_database_url(const std::string& url);

/// The address as it may be shown: without user's password.
std::string shown_database_url(const std::string& url);

}  // namespace throng::services
