#include "services/store/sole_server.h"

#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/private_folder.h"

namespace throng::services {
namespace {

constexpr std::string_view kFilePrefix = "sqlite:";

}  // namespace

SoleServer::~SoleServer() { ::close(fd_); }

Result<std::unique_ptr<SoleServer>> claim_sole_server(const std::string& url) {
  if (!url.starts_with(kFilePrefix)) return std::unique_ptr<SoleServer>();
  const std::string database = url.substr(kFilePrefix.size());
  if (database.empty() || database.front() == ':') return std::unique_ptr<SoleServer>();  // in memory
  THRONG_CHECK(make_private_folder(std::filesystem::path(database).parent_path().string()));
  const std::string file = database + ".server";
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail(fmt::format("{} cannot be made: the folder of the database must be writable for this program", file));
  auto sole = std::make_unique<SoleServer>(fd);
  if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return sole;
  return fail(
      fmt::format("{}{}: end it, or give this one a data folder of its own (--data-dir)", kAnotherServer, database));
}

}  // namespace throng::services
