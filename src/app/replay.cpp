#include "app/replay.h"

#include <cstdio>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "app/configuration.h"
#include "app/exit_codes.h"
#include "app/files.h"
#include "services/content_store/content_folder.h"
#include "services/content_store/database_store.h"
#include "services/database/connection.h"
#include "services/database/migrations.h"
#include "services/store/schema/all_migrations.h"
#include "sim/recording.h"

namespace throng::app {
namespace {

constexpr std::size_t kRecordingFileBytesMax = std::size_t{1} << 30;

/// Null when there is no database, or one of another program: a replay changes nothing.
std::unique_ptr<services::ContentStore> kept_versions(const std::string& database_url) {
  auto connection = services::connect_database(database_url, services::Opening::Existing);
  if (!connection) return nullptr;
  const auto version = services::schema_version(**connection);
  if (!version || *version != services::all_migrations().back().version) return nullptr;
  return services::make_database_content_store(*std::move(connection));
}

/// What content there is: the folder, and the versions that were kept.
class KnownContent {
 public:
  KnownContent(std::string folder, content::ContentTexts texts, const std::string& database_url)
      : folder_(std::move(folder)), texts_(std::move(texts)), store_(kept_versions(database_url)) {}

  /// Null when no set has the wanted hash.
  std::shared_ptr<const content::GameContent> find(const sim::RecordedContent& wanted) const {
    if (auto content = load(texts_, wanted)) return content;
    if (store_ == nullptr) return nullptr;
    const auto versions = store_->list();
    if (!versions) return nullptr;
    const std::string hash = fmt::format("{:016x}", wanted.hash);
    for (const services::ContentVersion& version : *versions) {
      if (version.hash != hash) continue;
      const auto texts = store_->texts(version.version);
      return texts ? load(*texts, wanted) : nullptr;
    }
    return nullptr;
  }

 private:
  std::shared_ptr<const content::GameContent> load(const content::ContentTexts& texts,
                                                   const sim::RecordedContent& wanted) const {
    const auto numbers = sim::numbered_like(wanted.names);
    const auto content = load_content_set(texts, folder_, numbers.get());
    return content && (*content)->hash == wanted.hash ? *content : nullptr;
  }

  std::string folder_;
  content::ContentTexts texts_;
  std::unique_ptr<services::ContentStore> store_;  // null: nothing was kept
};

Result<sim::ReplaySummary> replay_file(const std::string& path, const KnownContent& known) {
  THRONG_TRY(const std::string bytes, read_file(path, kRecordingFileBytesMax));
  THRONG_TRY(const std::string map_name, sim::recorded_map_name(as_bytes(bytes)));
  THRONG_TRY(const sim::RecordedContent wanted, sim::recorded_content(as_bytes(bytes)));
  const auto content = known.find(wanted);
  if (content == nullptr) {
    return fail(
        fmt::format("it was made with content of hash {:016x} (version {}), which neither the content folder nor "
                    "the kept versions have",
                    wanted.hash, wanted.version));
  }
  const auto map = content->maps.find(map_name);
  if (map == content->maps.end()) return fail(fmt::format("the map '{}' that it was made on is not there", map_name));
  return sim::replay(as_bytes(bytes), map->second, [&](const sim::RecordedContent& next) { return known.find(next); });
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
  if (summary.missing_content) {
    fmt::print(
        "{}: STOPPED at tick {}: the room went on with content of hash {:016x} (version {}), which is not there\n",
        path, summary.last.value, summary.missing_content->hash, summary.missing_content->version);
    return false;
  }
  fmt::print("{}: equal: ticks {} to {}, {} intents, {} digests compared, last digest {:016x}{}\n", path,
             summary.first.value, summary.last.value, summary.intents, summary.digests, summary.digest,
             summary.truncated ? "; the file ends within a record" : "");
  return true;
}

}  // namespace

int replay_files(const Options& options) {
  const std::string folder = content_dir_of(options);
  auto texts = services::read_content_folder(folder);
  const auto server = load_server(options);
  if (!texts || !server) {
    fmt::print(stderr, "throngd: the configuration is wrong; nothing was replayed.\n{}\n",
               texts ? server.error().message : texts.error().message);
    return kExitConfiguration;
  }
  const KnownContent known(folder, *std::move(texts), database_url_of(*server));
  bool all_equal = true;
  for (const std::string& path : options.recordings) all_equal = report(path, replay_file(path, known)) && all_equal;
  return all_equal ? kExitOk : kExitFailed;
}

}  // namespace throng::app
