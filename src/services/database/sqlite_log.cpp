#include "services/database/sqlite_log.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

namespace throng::services {
namespace {

/// Whoever reads or writes at the moment is waited for.
constexpr int kFoldPatienceMilliseconds = 5'000;

Failure system_failure(const std::string& path, int why) {
  return fail(
      fmt::format("{}: {}; what is committed cannot be made durable: look after the disk", path, std::strerror(why)));
}

/// So that a log that was made just now is found again after a power failure.
Result<void> sync_folder_of(const std::string& path) {
  const std::string folder = std::filesystem::absolute(path).parent_path().string();
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return system_failure(folder, errno);
  const int synced = fsync(file);
  const int why = errno;
  ::close(file);
  if (synced != 0) return system_failure(folder, why);
  return {};
}

}  // namespace

Result<std::unique_ptr<SqliteLog>> SqliteLog::open(const std::string& database, const std::string& log) {
  const int file = ::open(log.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return system_failure(log, errno);
  std::unique_ptr<SqliteLog> opened(new SqliteLog(database, log, file));
  THRONG_CHECK(sync_folder_of(log));
  return opened;
}

SqliteLog::~SqliteLog() { ::close(file_); }

Result<void> SqliteLog::sync() {
  if (!doubtful_ && fdatasync(file_) == 0) return {};
  const std::lock_guard lock(folding_);
  doubtful_ = true;
  THRONG_CHECK(fold_all());
  doubtful_ = false;
  return {};
}

Result<void> SqliteLog::fold_all() {
  sqlite3* database = nullptr;
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
  int code = sqlite3_open_v2(database_.c_str(), &database, kFlags, nullptr);
  int frames = 0;
  int folded = 0;
  if (code == SQLITE_OK) {
    sqlite3_busy_timeout(database, kFoldPatienceMilliseconds);
    code = sqlite3_exec(database, "SELECT 1 FROM sqlite_schema LIMIT 1", nullptr, nullptr, nullptr);
  }
  if (code == SQLITE_OK) code = sqlite3_wal_checkpoint_v2(database, nullptr, SQLITE_CHECKPOINT_FULL, &frames, &folded);
  sqlite3_close(database);
  if (code != SQLITE_OK || folded != frames)
    return fail(
        fmt::format("{}: the log could not be made durable, nor be folded back ({})", database_, sqlite3_errstr(code)));
  return {};
}

}  // namespace throng::services
