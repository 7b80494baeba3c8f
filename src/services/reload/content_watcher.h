#pragma once
// Says when the files of a content folder have changed and then been left alone for a moment.

#include <chrono>
#include <optional>
#include <string>

#include "base/result.h"

namespace throng::services {

/// Editors and `git checkout` write several files in a row, and most write beside a file and rename; the set is looked
/// at when nothing has happened for this long.
inline constexpr std::chrono::milliseconds kQuietTime{150};
/// Something that never stops writing must not keep a change from being seen for longer than this.
inline constexpr std::chrono::milliseconds kUnrestMax{2000};

/// inotify on the folder, on `maps/` in it, and on the folder above, for whoever replaces the folder itself. Folders are
/// watched rather than files, so that renames, links that are switched (Kubernetes) and new files are all seen.
/// One thread.
class ContentWatcher {
 public:
  using Clock = std::chrono::steady_clock;

  static Result<ContentWatcher> open(const std::string& folder);
  ContentWatcher(ContentWatcher&& other) noexcept;
  ContentWatcher& operator=(ContentWatcher&&) = delete;
  ~ContentWatcher();

  /// To be polled for reading.
  int fd() const { return fd_; }
  /// Takes in what the system has to tell. Call when `fd` is readable.
  void read_events(Clock::time_point now);
  /// Whether to look at the files now. True once per unrest.
  bool due(Clock::time_point now);
  /// How long to wait for `due`; nothing while all is quiet.
  std::optional<std::chrono::milliseconds> wait(Clock::time_point now) const;

 private:
  ContentWatcher(int fd, std::string folder);
  void watch_folders();
  void watch(int& watched, const std::string& path);
  Clock::time_point due_at() const;

  int fd_;
  std::string folder_;
  std::string name_;  ///< of the folder in the one above
  int above_ = -1;  ///< inotify's numbers
  int itself_ = -1;
  int maps_ = -1;
  std::optional<Clock::time_point> first_;  ///< of the unrest
  std::optional<Clock::time_point> last_;
};

}  // namespace throng::services
