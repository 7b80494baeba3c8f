#pragma once
// SQLite's write-ahead log as a file: what was committed without a sync becomes durable here, while the writer works on.

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/result.h"

namespace throng::services {

/// Of one database that is open and has been read from, so that the log is there. Any thread.
class SqliteLog {
 public:
  /// @param database  its path
  /// @param log       of the log: `database` and `-wal`
  static Result<std::unique_ptr<SqliteLog>> open(const std::string& database, const std::string& log);
  SqliteLog(const SqliteLog&) = delete;
  SqliteLog& operator=(const SqliteLog&) = delete;
  ~SqliteLog();

  /// Everything committed before the call is durable when it comes back well. After a failure the system may have forgotten
  /// what it could not write, so nothing that the log says counts any more: until all of it has been written into the
  /// database itself, and that has been synced, this fails.
  Result<void> sync();

 private:
  SqliteLog(std::string database, std::string log, int file)
      : database_(std::move(database)), log_(std::move(log)), file_(file) {}
  Result<void> fold_all();

  const std::string database_;
  const std::string log_;
  const int file_;
  std::mutex folding_;
  std::atomic<bool> doubtful_{false};
};

}  // namespace throng::services
