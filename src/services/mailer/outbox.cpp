#include "services/mailer/outbox.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/private_folder.h"
#include "base/random_id.h"
#include "services/accounts/account.h"
#include "services/mailer/email_text.h"

namespace throng::services {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> mails_in(const std::string& folder) {
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == ".eml") files.push_back(entry.path());
  }
  return files;
}

class Outbox final : public MailTransport {
 public:
  Outbox(std::string folder, std::string from) : folder_(std::move(folder)), from_(std::move(from)) {}

  Result<void> deliver(const EmailMessage& message, const std::atomic<bool>&) override {
    if (const auto made = make_private_folder(folder_); !made)
      return fail(fmt::format("{}: {}", folder_, made.error().message));
    const std::int64_t now = system_clock().unix_milliseconds();
    const std::string id = fmt::format("{}-{:06}-{}", now, ++number_, random_id(6));
    const std::string path = folder_ + "/" + id + ".eml";
    THRONG_CHECK(write(path, rfc5322_text(message, from_, now, id + "@throng")));
    log_info("a mail was put into a file", {{"file", path}});
    drop_oldest();
    return {};
  }

 private:
  /// Whole or not at all: who looks for *.eml finds no half one.
  static Result<void> write(const std::string& path, const std::string& text) {
    const std::string unfinished = path + ".new";
    const int fd = open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return fail(fmt::format("{} cannot be written: {}", path, std::strerror(errno)));
    const ssize_t written = ::write(fd, text.data(), text.size());
    const bool whole = written == static_cast<ssize_t>(text.size());
    close(fd);
    if (!whole || std::rename(unfinished.c_str(), path.c_str()) != 0)
      return fail(fmt::format("{} cannot be written: {}", path, std::strerror(errno)));
    return {};
  }

  void drop_oldest() const {
    std::vector<fs::path> files = mails_in(folder_);
    if (files.size() <= kOutboxFilesMax) return;
    std::sort(files.begin(), files.end());  // names begin with the time
    std::error_code ignored;
    for (std::size_t i = 0; i + kOutboxFilesMax < files.size(); ++i) fs::remove(files[i], ignored);
  }

  const std::string folder_;
  const std::string from_;
  std::uint64_t number_ = 0;
};

/// By its header.
bool is_mail_to(const fs::path& file, const std::string& address) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line) && line != "\r" && !line.empty();) {
    if (line.starts_with("To: ")) return normalise_email(address_in(line.substr(4))) == address;
  }
  return false;
}

}  // namespace

Result<std::size_t> remove_mails_to(const std::string& folder, const std::string& address) {
  std::size_t removed = 0;
  for (const fs::path& file : mails_in(folder)) {
    if (!is_mail_to(file, address)) continue;
    std::error_code error;
    fs::remove(file, error);
    if (error) return fail(fmt::format("{} cannot be removed: {}", file.string(), error.message()));
    ++removed;
  }
  return removed;
}

std::unique_ptr<MailTransport> open_outbox(const std::string& folder, const std::string& from) {
  return std::make_unique<Outbox>(folder, from);
}

}  // namespace throng::services
