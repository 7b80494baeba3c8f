#pragma once
// Folds SQLite's write-ahead log back into the file beside the thread that writes, which would else stand still meanwhile.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

struct sqlite3;

namespace throng::services {

/// Of one connection that writes. Its thread comes with the first long log: most connections never have one.
class SqliteCheckpointer {
 public:
  explicit SqliteCheckpointer(std::string path) : path_(std::move(path)) {}
  SqliteCheckpointer(const SqliteCheckpointer&) = delete;
  SqliteCheckpointer& operator=(const SqliteCheckpointer&) = delete;
  ~SqliteCheckpointer() { stop(); }

  /// After each commit, on the writer's thread. The log begins anew once all of it has been folded back, and that takes a
  /// moment in which nobody writes: so most of it is done by the thread, and the rest here.
  /// @param frames  pages in the log
  void committed(sqlite3* writer, int frames);
  /// Waits until the thread is done. Before the connection is closed.
  void stop();

 private:
  enum class Stage : std::uint8_t { Idle, Wanted, Done };

  void want();
  void run();
  bool fold();

  const std::string path_;
  std::atomic<Stage> stage_{Stage::Idle};
  int next_at_ = 0;  ///< frames; of the writer's thread
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
  std::thread thread_;
  sqlite3* database_ = nullptr;  ///< the thread's own
};

}  // namespace throng::services
