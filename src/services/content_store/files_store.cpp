#include "services/content_store/files_store.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <set>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/log.h"
#include "services/content_store/content_folder.h"
#include "services/content_store/version_record.h"

namespace throng::services {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> whole_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

/// One process at a time; a thread of this one waits at the mutex.
class StoreLock {
 public:
  StoreLock(std::mutex& mutex, int fd) : guard_(mutex), fd_(fd) {
    while (flock(fd_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  ~StoreLock() { flock(fd_, LOCK_UN); }
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

 private:
  const std::lock_guard<std::mutex> guard_;
  int fd_;
};

class ContentFiles final : public ContentStore {
 public:
  ContentFiles(fs::path folder, std::size_t versions_max, int lock_fd)
      : folder_(std::move(folder)), versions_max_(versions_max), lock_fd_(lock_fd) {}
  ~ContentFiles() override { close(lock_fd_); }

  Result<Kept> keep(const content::ContentTexts& texts, std::uint64_t hash, const VersionNote& note) override {
    const StoreLock lock(mutex_, lock_fd_);
    const std::vector<std::uint32_t> kept = numbers();
    const std::optional<VersionRecord> newest = newest_of(kept);
    if (newest && newest->version.texts_id == texts_id(texts)) return Kept{newest->version, false};
    const Result<content::ContentTexts> before = newest ? texts_of(*newest) : content::ContentTexts{};
    if (!before) log_warning(before.error().message);  // the diff then shows everything as new
    VersionRecord record;
    record.version =
        make_version(kept.empty() ? 1 : kept.back() + 1, texts, before ? *before : content::ContentTexts{}, hash, note);
    for (const auto& [name, text] : texts) {
      THRONG_TRY(record.text_ids[name], keep_text(text));
    }
    THRONG_CHECK(write_file_durably(path_of(record.version.version).string(), write_record(record)));
    forget_oldest();
    return Kept{std::move(record.version), true};
  }

  Result<std::vector<ContentVersion>> list() override {
    const StoreLock lock(mutex_, lock_fd_);
    std::vector<ContentVersion> versions;
    for (const std::uint32_t number : numbers()) {
      Result<VersionRecord> record = record_of(number);
      if (record) {
        versions.push_back(std::move(record->version));
      } else {
        log_warning(record.error().message);
      }
    }
    return versions;
  }

  Result<ContentVersion> find(std::uint32_t version) override {
    const StoreLock lock(mutex_, lock_fd_);
    THRONG_TRY(VersionRecord record, record_of(version));
    return std::move(record.version);
  }

  Result<content::ContentTexts> texts(std::uint32_t version) override {
    const StoreLock lock(mutex_, lock_fd_);
    THRONG_TRY(const VersionRecord record, record_of(version));
    return texts_of(record);
  }

  Result<std::optional<std::uint32_t>> live() override {
    const StoreLock lock(mutex_, lock_fd_);
    return live_number();
  }

  Result<void> set_live(std::uint32_t version) override {
    const StoreLock lock(mutex_, lock_fd_);
    if (live_number() == version) return {};
    std::error_code error;
    if (!fs::exists(path_of(version), error)) return no_such_version(version);
    return write_file_durably((folder_ / "live").string(), fmt::format("{}\n", version));
  }

 private:
  fs::path path_of(std::uint32_t version) const { return folder_ / "versions" / fmt::format("{:08}.json", version); }
  fs::path path_of_text(const std::string& id) const { return folder_ / "texts" / id; }

  std::optional<std::uint32_t> live_number() const {
    const std::optional<std::string> text = whole_file(folder_ / "live");
    const long number = text ? std::strtol(text->c_str(), nullptr, 10) : 0;
    if (number <= 0) return std::nullopt;
    return static_cast<std::uint32_t>(number);
  }

  /// In ascending order.
  std::vector<std::uint32_t> numbers() const {
    std::vector<std::uint32_t> found;
    std::error_code error;
    for (fs::directory_iterator at(folder_ / "versions", error), end; !error && at != end; at.increment(error)) {
      const std::string name = at->path().filename().string();
      const bool is_number =
          name.size() == 13 && name.ends_with(".json") && name.find_first_not_of("0123456789") == name.size() - 5;
      if (is_number) found.push_back(static_cast<std::uint32_t>(std::strtoul(name.c_str(), nullptr, 10)));
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  Result<VersionRecord> record_of(std::uint32_t version) const {
    const fs::path path = path_of(version);
    const std::optional<std::string> text = whole_file(path);
    if (!text) return no_such_version(version);
    return read_record(*text, path.string());
  }

  /// The last one that can be read; a damaged one must not keep new versions from being made.
  std::optional<VersionRecord> newest_of(const std::vector<std::uint32_t>& kept) const {
    for (auto number = kept.rbegin(); number != kept.rend(); ++number) {
      Result<VersionRecord> record = record_of(*number);
      if (record) return *std::move(record);
      log_warning(record.error().message);
    }
    return std::nullopt;
  }

  Result<content::ContentTexts> texts_of(const VersionRecord& record) const {
    content::ContentTexts texts;
    for (const auto& [name, id] : record.text_ids) {
      std::optional<std::string> text = whole_file(path_of_text(id));
      if (!text || text_id(*text) != id)
        return fail(fmt::format("{}: the text of {} in version {} is missing or damaged", path_of_text(id).string(),
                                name, record.version.version));
      texts.emplace(name, *std::move(text));
    }
    return texts;
  }

  Result<std::string> keep_text(const std::string& text) const {
    std::string id = text_id(text);
    std::error_code error;
    const fs::path path = path_of_text(id);
    if (fs::file_size(path, error) != text.size() || error) THRONG_CHECK(write_file_durably(path.string(), text));
    return id;
  }

  void forget_oldest() const {
    std::vector<std::uint32_t> kept = numbers();
    if (kept.size() <= versions_max_) return;
    const std::optional<std::uint32_t> live = live_number();
    std::error_code ignored;
    std::size_t too_many = kept.size() - versions_max_;
    for (const std::uint32_t number : kept) {
      if (too_many == 0) break;
      if (number == live) continue;
      fs::remove(path_of(number), ignored);
      --too_many;
    }
    forget_unused_texts();
  }

  void forget_unused_texts() const {
    std::set<std::string> used;
    for (const std::uint32_t number : numbers()) {
      const Result<VersionRecord> record = record_of(number);
      if (!record) return;  // what it needs is not known: keep everything
      for (const auto& [name, id] : record->text_ids) used.insert(id);
    }
    std::error_code error;
    std::vector<fs::path> unused;
    for (fs::directory_iterator at(folder_ / "texts", error), end; !error && at != end; at.increment(error)) {
      if (!used.contains(at->path().filename().string())) unused.push_back(at->path());
    }
    for (const fs::path& path : unused) fs::remove(path, error);
  }

  const fs::path folder_;
  const std::size_t versions_max_;
  const int lock_fd_;
  std::mutex mutex_;
};

}  // namespace

Result<std::unique_ptr<ContentStore>> open_content_files(const std::string& folder, std::size_t versions_max) {
  for (const char* const part : {"versions", "texts"}) {
    std::error_code error;
    fs::create_directories(fs::path(folder) / part, error);
    if (error)
      return fail(
          fmt::format("{}/{}: versions of the content cannot be kept there: {}", folder, part, error.message()));
  }
  const std::string lock = (fs::path(folder) / "lock").string();
  const int fd = open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0)
    return fail(fmt::format("{}: versions of the content cannot be kept there: {}", lock, std::strerror(errno)));
  return std::unique_ptr<ContentStore>(std::make_unique<ContentFiles>(folder, versions_max, fd));
}

}  // namespace throng::services
