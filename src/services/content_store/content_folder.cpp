#include "services/content_store/content_folder.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/file.h>
#include <unistd.h>

#include "content/map/map_parser.h"

namespace throng::services {
namespace {

namespace fs = std::filesystem;

/// flock on the folder itself: shared for readers, exclusive for writers, given up when the process ends.
class FolderLock {
 public:
  FolderLock(const std::string& folder, int mode) : fd_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    while (fd_ >= 0 && flock(fd_, mode) != 0 && errno == EINTR) {
    }
  }
  ~FolderLock() {
    if (fd_ >= 0) close(fd_);
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int fd_;
};

bool is_map_file(const fs::path& path) {
  for (const char* const ending : {".tmj", ".tmx", ".tsj", ".tsx", ".json"}) {
    if (path.extension() == ending) return path.filename().string().front() != '.';
  }
  return false;
}

Result<std::string> read_text(const fs::path& path, std::size_t bytes_max) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error) return fail(fmt::format("{}: {}", path.string(), error.message()));
  if (size > bytes_max) return fail(fmt::format("{}: {} bytes; at most {} are read", path.string(), size, bytes_max));
  std::ifstream in(path, std::ios::binary);
  std::string text(size, '\0');
  if (!in.read(text.data(), static_cast<std::streamsize>(size)))
    return fail(fmt::format("{}: it changed while it was read, or cannot be read", path.string()));
  return text;
}

/// Names below `maps/`, relative to the content folder.
std::vector<std::string> map_file_names(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(folder / "maps", error), end; !error && at != end; at.increment(error)) {
    if (is_map_file(at->path()) && fs::is_regular_file(at->path(), error))
      names.push_back("maps/" + at->path().filename().string());
    if (names.size() > kContentFilesMax) break;
  }
  return names;
}

/// Of optional_content_file_names() those that are there.
std::vector<std::string> optional_files(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const std::string& name : content::optional_content_file_names()) {
    if (fs::exists(folder / name, error)) names.push_back(name);
  }
  return names;
}

std::vector<std::string> wanted_names(const fs::path& folder) {
  std::vector<std::string> names = content::content_file_names();
  for (const std::string& name : optional_files(folder)) names.push_back(name);
  for (std::string& name : map_file_names(folder)) names.push_back(std::move(name));
  return names;
}

std::string hexadecimal(std::string_view bytes) {
  std::string digits;
  for (const char byte : bytes) digits += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return digits;
}

/// A name that stays below the folder it is relative to.
bool stays_inside(const std::string& name) {
  const fs::path path(name);
  if (name.empty() || path.is_absolute()) return false;
  for (const fs::path& part : path) {
    if (part == ".." || part.empty()) return false;
  }
  return true;
}

Result<void> write_and_sync(const std::string& path, std::string_view text) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return fail(fmt::format("{}: {}", path, std::strerror(errno)));
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t count = write(fd, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    written += static_cast<std::size_t>(count);
  }
  const bool synced = written == text.size() && fsync(fd) == 0;
  const int reason = errno;
  close(fd);
  if (synced) return {};
  unlink(path.c_str());
  return fail(fmt::format("{}: {}", path, std::strerror(reason)));
}

void sync_folder(const fs::path& folder) {
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  fsync(fd);
  close(fd);
}

}  // namespace

Result<content::ContentTexts> read_content_folder(const std::string& folder) {
  const FolderLock lock(folder, LOCK_SH);
  const std::vector<std::string> names = wanted_names(folder);
  if (names.size() > kContentFilesMax) return fail(fmt::format("{}: more than {} files", folder, kContentFilesMax));
  content::ContentTexts texts;
  std::string problems;
  std::size_t bytes = 0;
  for (const std::string& name : names) {
    Result<std::string> text = read_text(fs::path(folder) / name, content::kMapTextBytesMax);
    if (!text) {
      problems += (problems.empty() ? "" : "\n") + text.error().message;
      continue;
    }
    bytes += text->size();
    if (bytes > kContentBytesMax)
      return fail(fmt::format("{}: the files have more than {} bytes together", folder, kContentBytesMax));
    texts.emplace(name, *std::move(text));
  }
  if (!problems.empty()) return fail(problems);
  return texts;
}

Result<void> write_content_folder(const std::string& folder, const content::ContentTexts& texts) {
  std::error_code error;
  fs::create_directories(fs::path(folder) / "maps", error);
  if (error) return fail(fmt::format("{}: {}", folder, error.message()));
  const FolderLock lock(folder, LOCK_EX);
  for (const auto& [name, text] : texts) {
    if (!stays_inside(name)) return fail(fmt::format("{}: not a name of a content file", name));
    const fs::path path = fs::path(folder) / name;
    const Result<std::string> present = read_text(path, content::kMapTextBytesMax);
    if (present && *present == text) continue;
    THRONG_CHECK(write_file_durably(path.string(), text));
  }
  std::vector<std::string> superfluous = map_file_names(folder);
  for (std::string& name : optional_files(folder)) superfluous.push_back(std::move(name));
  for (const std::string& name : superfluous) {
    if (!texts.contains(name)) fs::remove(fs::path(folder) / name, error);
    if (error) return fail(fmt::format("{}/{}: {}", folder, name, error.message()));
  }
  return {};
}

Result<void> write_file_durably(const std::string& path, std::string_view text) {
  const fs::path target(path);
  const fs::path beside = target.parent_path() / fmt::format(".{}.{}.tmp", target.filename().string(), getpid());
  THRONG_CHECK(write_and_sync(beside.string(), text));
  if (rename(beside.c_str(), path.c_str()) != 0) {
    const int reason = errno;
    unlink(beside.c_str());
    return fail(fmt::format("{}: {}", path, std::strerror(reason)));
  }
  sync_folder(target.parent_path());
  return {};
}

std::string text_id(std::string_view text) {
  std::array<char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(bytes.data()), &size, EVP_sha256(), nullptr);
  return hexadecimal({bytes.data(), size});
}

std::string texts_id(const content::ContentTexts& texts) {
  std::string lines;
  for (const auto& [name, text] : texts) lines += fmt::format("{} {}\n", text_id(text), name);
  return text_id(lines);
}

}  // namespace throng::services
