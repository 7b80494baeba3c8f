#include "app/live_maps.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/log.h"

namespace throng::app {
namespace {

constexpr std::string_view kMapsPath = "/maps";

/// Differs when a file was written, came or went.
std::string look_of_folder(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> lines;
  std::error_code problem;
  for (fs::recursive_directory_iterator at(folder, problem); !problem && at != fs::recursive_directory_iterator();
       at.increment(problem)) {
    std::error_code gone;
    const std::uintmax_t size = at->is_regular_file(gone) ? at->file_size(gone) : 0;
    const auto written = at->last_write_time(gone).time_since_epoch().count();
    lines.push_back(fmt::format("{} {} {}\n", at->path().string(), size, written));
  }
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line;
  return all;
}

}  // namespace

Result<std::unique_ptr<LiveMaps>> LiveMaps::open(std::string folder, std::string policy) {
  std::unique_ptr<LiveMaps> maps(new LiveMaps(std::move(folder), std::move(policy)));
  THRONG_CHECK(maps->read());
  return maps;
}

Result<void> LiveMaps::read() {
  std::string look = look_of_folder(folder_);  // before the files: what is written meanwhile is seen the next time
  THRONG_TRY(net::StaticFiles read, net::StaticFiles::load(folder_, kMapsPath, {}, policy_));
  auto files = std::make_shared<const net::StaticFiles>(std::move(read));
  seen_ = std::move(look);
  const std::lock_guard lock(mutex_);
  files_ = std::move(files);
  return {};
}

void LiveMaps::refresh() {
  if (look_of_folder(folder_) == seen_) return;
  if (const Result<void> done = read(); !done)
    log_error("the files of the maps stay as they were", {{"reason", done.error().message}});
}

std::shared_ptr<const net::StaticFiles> LiveMaps::files() const {
  const std::lock_guard lock(mutex_);
  return files_;
}

bool LiveMaps::takes(std::string_view path) const {
  return path.starts_with(kMapsPath) && path.substr(kMapsPath.size()).starts_with('/');
}

void LiveMaps::handle(net::HttpRequest request, Reply reply) {
  std::optional<net::HttpResponse> found = files()->serve(request);
  if (found) return reply(*std::move(found));
  net::HttpResponse missing;
  missing.status = 404;
  missing.headers.emplace_back("Content-Type", "application/json");
  missing.body = R"({"error":"not found"})";
  reply(std::move(missing));
}

}  // namespace throng::app
