#include "app/files.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

namespace throng::app {

Result<std::string> read_file(const std::string& path, std::size_t bytes_max) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return fail(fmt::format("{}: {}", path, error.message()));
  if (size > bytes_max) return fail(fmt::format("{}: {} bytes; at most {} are read", path, size, bytes_max));
  std::ifstream in(path, std::ios::binary);
  std::string text(size, '\0');
  if (!in.read(text.data(), static_cast<std::streamsize>(size)))
    return fail(fmt::format("{}: {}", path, std::strerror(errno)));
  return text;
}

}  // namespace throng::app
