#include "services/reload/content_watcher.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace throng::services {
namespace {

constexpr std::uint32_t kWatchedEvents = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
                                         IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

}  // namespace

Result<ContentWatcher> ContentWatcher::open(const std::string& folder) {
  const int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (fd < 0) return fail(fmt::format("{} cannot be watched: {}", folder, std::strerror(errno)));
  ContentWatcher watcher(fd, folder);
  if (watcher.itself_ < 0) return fail(fmt::format("{} cannot be watched: {}", folder, std::strerror(errno)));
  return watcher;
}

ContentWatcher::ContentWatcher(int fd, std::string folder)
    : fd_(fd), folder_(std::filesystem::absolute(folder).lexically_normal().string()) {
  while (folder_.size() > 1 && folder_.back() == '/') folder_.pop_back();
  name_ = std::filesystem::path(folder_).filename().string();
  watch_folders();
}

ContentWatcher::ContentWatcher(ContentWatcher&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      folder_(std::move(other.folder_)),
      name_(std::move(other.name_)),
      above_(other.above_),
      itself_(other.itself_),
      maps_(other.maps_),
      first_(other.first_),
      last_(other.last_) {}

ContentWatcher::~ContentWatcher() {
  if (fd_ >= 0) close(fd_);
}

void ContentWatcher::watch_folders() {
  watch(above_, std::filesystem::path(folder_).parent_path().string());
  watch(maps_, folder_ + "/maps");
  watch(itself_, folder_);  // last: `open` reads errno
}

/// The folder of this name may be another one than before. Watching one that is watched already changes nothing.
void ContentWatcher::watch(int& watched, const std::string& path) {
  const int now = inotify_add_watch(fd_, path.c_str(), kWatchedEvents);
  if (watched >= 0 && watched != now) inotify_rm_watch(fd_, watched);
  watched = now;
}

void ContentWatcher::read_events(Clock::time_point now) {
  alignas(inotify_event) std::array<char, 16 * 1024> buffer;
  for (;;) {
    const ssize_t size = read(fd_, buffer.data(), buffer.size());
    if (size <= 0) return;
    for (ssize_t at = 0; at < size;) {
      inotify_event event;
      std::memcpy(&event, buffer.data() + at, sizeof(event));
      const char* const name = event.len > 0 ? buffer.data() + at + sizeof(event) : "";
      at += static_cast<ssize_t>(sizeof(event) + event.len);
      if ((event.mask & IN_IGNORED) != 0) continue;
      if (event.wd == above_ && (event.mask & IN_Q_OVERFLOW) == 0 && name_ != name) continue;
      last_ = now;
      if (!first_) first_ = now;
    }
  }
}

ContentWatcher::Clock::time_point ContentWatcher::due_at() const {
  return std::min(*last_ + kQuietTime, *first_ + kUnrestMax);
}

bool ContentWatcher::due(Clock::time_point now) {
  if (!last_ || now < due_at()) return false;
  first_.reset();
  last_.reset();
  watch_folders();  // before the files are read, so that nothing falls in between
  return true;
}

std::optional<std::chrono::milliseconds> ContentWatcher::wait(Clock::time_point now) const {
  if (!last_) return std::nullopt;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(due_at() - now);
  return std::max(left, std::chrono::milliseconds{0});
}

}  // namespace throng::services
