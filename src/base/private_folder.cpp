#include "base/private_folder.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>
#include <sys/stat.h>

namespace throng {

Result<void> make_private_folder(const std::string& path) {
  std::filesystem::path folder(path);
  if (!folder.has_filename()) folder = folder.parent_path();  // a slash at its end
  std::error_code error;
  if (folder.empty() || std::filesystem::is_directory(folder, error)) return {};
  THRONG_CHECK(make_private_folder(folder.parent_path().string()));
  // Somebody else may have been faster.
  if (mkdir(folder.c_str(), S_IRWXU) == 0 || (errno == EEXIST && std::filesystem::is_directory(folder, error)))
    return {};
  return fail(fmt::format("{} cannot be made: {}", folder.string(), std::strerror(errno)));
}

}  // namespace throng
