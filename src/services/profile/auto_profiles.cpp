#include "services/profile/auto_profiles.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

#include <fmt/format.h>

#include "base/iso_time.h"
#include "base/log.h"
#include "base/private_folder.h"

namespace throng::services {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kProfilePrefix = "slow-ticks-";
constexpr std::string_view kProfileSuffix = ".folded";

bool is_our_profile(const std::string& name) {
  return name.rfind(kProfilePrefix, 0) == 0 && name.size() > kProfileSuffix.size() &&
         name.compare(name.size() - kProfileSuffix.size(), kProfileSuffix.size(), kProfileSuffix) == 0;
}

/// Names hold the time, so the oldest is first.
void drop_oldest_profiles(const std::string& folder, std::size_t files_max) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (is_our_profile(at->path().filename().string())) files.push_back(at->path());
  }
  std::sort(files.begin(), files.end());
  for (std::size_t i = 0; i + files_max < files.size(); ++i) fs::remove(files[i], error);
}

}  // namespace

Result<std::string> keep_profile(const std::string& folder, std::int64_t unix_ms, const std::string& folded,
                                 std::size_t files_max) {
  THRONG_CHECK(make_private_folder(folder));
  std::string time = iso_time(unix_ms);
  std::replace(time.begin(), time.end(), ':', '-');
  const std::string file = (fs::path(folder) / fmt::format("{}{}{}", kProfilePrefix, time, kProfileSuffix)).string();
  std::ofstream out(file, std::ios::binary);
  out << folded;
  out.close();
  if (!out) return fail(fmt::format("{} cannot be written", file));
  drop_oldest_profiles(folder, files_max);
  return file;
}

bool AutoProfiles::look() {
  if (!noticed_.exchange(false)) return false;
  const MonotonicTime now = clock_.now();
  if (now < next_allowed_) return false;
  const Result<void> started = profiler_.start(
      settings_.seconds, [settings = settings_, unix_ms = clock_.unix_milliseconds()](const Result<Profile>& profile) {
        if (!profile) return log_warning("no profile of slow ticks", {{"reason", profile.error().message}});
        const auto file = keep_profile(settings.folder, unix_ms, profile->folded, settings.files_max);
        if (!file) return log_warning("no profile of slow ticks", {{"reason", file.error().message}});
        log_warning("ticks were slow for a while: a CPU profile was kept",
                    {{"file", *file}, {"samples", profile->samples}, {"lost", profile->lost}});
      });
  if (!started) {
    log_warning_limited("profile.auto", "no profile of slow ticks", {{"reason", started.error().message}});
    return false;
  }
  next_allowed_ = now + settings_.pause;
  return true;
}

}  // namespace throng::services
