#include "app/replay.h"

#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "app/configuration.h"
#include "app/exit_codes.h"
#include "app/files.h"
#include "sim/recording.h"

namespace throng::app {
namespace {

constexpr std::size_t kRecordingFileBytesMax = std::size_t{1} << 30;

Result<sim::ReplaySummary> replay_file(const std::string& path, const std::string& content_dir) {
  THRONG_TRY(const std::string bytes, read_file(path, kRecordingFileBytesMax));
  THRONG_TRY(const std::string map_name, sim::recorded_map_name(as_bytes(bytes)));
  THRONG_TRY(const auto map, load_map((std::filesystem::path(content_dir) / "maps").string(), map_name));
  THRONG_TRY(const auto monsters, load_monsters(content_dir));
  return sim::replay(as_bytes(bytes), map, monsters);
}

bool report(const std::string& path, const Result<sim::ReplaySummary>& replayed) {
  if (!replayed) {
    fmt::print("{}: FAILED: {}\n", path, replayed.error().message);
    return false;
  }
  const sim::ReplaySummary& summary = *replayed;
  if (summary.first_difference) {
    fmt::print("{}: DIFFERS at tick {}\n", path, summary.first_difference->value);
    return false;
  }
  fmt::print("{}: equal: ticks {} to {}, {} intents, {} digests compared, last digest {:016x}{}\n", path,
             summary.first.value, summary.last.value, summary.intents, summary.digests, summary.digest,
             summary.truncated ? "; the file ends within a record" : "");
  return true;
}

}  // namespace

int replay_files(const Options& options) {
  const std::string content_dir = (std::filesystem::path(options.config_dir) / "content").string();
  bool all_equal = true;
  for (const std::string& path : options.recordings)
    all_equal = report(path, replay_file(path, content_dir)) && all_equal;
  return all_equal ? kExitOk : kExitFailed;
}

}  // namespace throng::app
