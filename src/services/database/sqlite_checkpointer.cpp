#include "services/database/sqlite_checkpointer.h"

#include <sqlite3.h>

#include "base/thread_name.h"

namespace throng::services {
namespace {

/// 16 MiB of pages: folded back that often, and not before.
constexpr int kLogFrames = 4'000;
/// 256 MiB: the writer does it itself, should the thread not come to it.
constexpr int kLogFramesMax = 64'000;

/// As much as nobody who reads has to be waited for.
bool fold_back(sqlite3* database) {
  return sqlite3_wal_checkpoint_v2(database, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr) == SQLITE_OK;
}

}  // namespace

void SqliteCheckpointer::committed(sqlite3* writer, int frames) {
  if (frames < kLogFrames) {
    // It has begun anew, maybe without our doing the rest: then the thread's work is no news for the next time.
    Stage done = Stage::Done;
    stage_.compare_exchange_strong(done, Stage::Idle);
    next_at_ = kLogFrames;
    return;
  }
  if (stage_ == Stage::Done || frames >= kLogFramesMax) {
    fold_back(writer);  // what fails is tried again; the log is as durable as the file
    if (stage_ == Stage::Done) stage_ = Stage::Idle;
    next_at_ = frames + kLogFrames;
    return;
  }
  if (stage_ == Stage::Idle && frames >= next_at_) want();
}

void SqliteCheckpointer::want() {
  const std::lock_guard lock(mutex_);
  if (stopped_) return;
  stage_ = Stage::Wanted;
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  changed_.notify_all();
}

void SqliteCheckpointer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void SqliteCheckpointer::run() {
  name_this_thread("checkpoints");
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopped_ || stage_ == Stage::Wanted; });
      if (stopped_) break;
    }
    stage_ = fold() ? Stage::Done : Stage::Idle;
  }
  sqlite3_close(database_);
  database_ = nullptr;
}

bool SqliteCheckpointer::fold() {
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
  if (database_ == nullptr) {
    if (sqlite3_open_v2(path_.c_str(), &database_, kFlags, nullptr) != SQLITE_OK ||
        sqlite3_exec(database_, "SELECT 1 FROM sqlite_schema LIMIT 1", nullptr, nullptr, nullptr) != SQLITE_OK) {
      sqlite3_close(database_);
      database_ = nullptr;
      return false;
    }
  }
  return fold_back(database_);
}

}  // namespace throng::services
