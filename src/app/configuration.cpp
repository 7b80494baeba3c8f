#include "app/configuration.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "app/files.h"
#include "services/content_store/content_folder.h"
#include "services/database/connection.h"
#include "sim/skill/effects/effect_type.h"

namespace throng::app {
namespace {

namespace fs = std::filesystem;

/// A number that the benchmarks set without writing a file.
void override_from_environment(const char* name, int& value) {
  if (const char* text = std::getenv(name)) value = std::atoi(text);
}

void apply_bench_environment(content::RoomsDef& rooms) {
  for (content::RoomKindDef& room : rooms.rooms) {
    if (!room.mmo) continue;
    override_from_environment("THRONG_BENCH_SIDE", room.mmo->side_units);
    override_from_environment("THRONG_BENCH_MONSTERS", room.mmo->monsters);
    room.mmo->side_units = std::clamp(room.mmo->side_units, 1, content::kMapUnitsPerSideMax);
    room.mmo->monsters = std::clamp(room.mmo->monsters, 0, room.entities_max);
  }
}

LogFormat log_format_of(std::string_view name) {
  if (name == "human") return LogFormat::Human;
  return name == "json" ? LogFormat::Json : LogFormat::Auto;
}

void apply_options(const Options& options, content::ServerDef& server) {
  if (options.port) server.port = *options.port;
  if (options.host) server.host = *options.host;
  if (options.public_address) server.public_address = *options.public_address;
  if (options.workers) server.workers = *options.workers;
  if (options.data_dir) server.data_dir = *options.data_dir;
  if (options.metrics_port) {
    if (!server.metrics) server.metrics.emplace();
    server.metrics->port = *options.metrics_port;
  }
  if (options.database_url && !options.database_url->empty()) server.database_url = *options.database_url;
  if (options.log_level) server.log_level = log_level_named(*options.log_level).value_or(server.log_level);
  if (options.log_format) server.log_format = log_format_of(*options.log_format);
}

/// The page where the build leaves it, unless somebody says otherwise.
std::string find_web_root(const Options& options, const content::ServerDef& server) {
  if (options.web_root) return *options.web_root;
  if (!server.web_root.empty()) return (fs::path(options.config_dir) / server.web_root).string();
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (const fs::path& candidate : {program / "web", program / "../../web/client/dist"}) {
    if (fs::is_regular_file(candidate / "index.html", error)) return fs::weakly_canonical(candidate, error).string();
  }
  return {};
}

/// Of the environment, else of the file that server.json names. Never of the command line, which others can see.
Result<std::string> metrics_token_of(const Options& options, const content::ServerDef& server) {
  if (const char* const token = std::getenv("THRONG_METRICS_TOKEN"); token != nullptr && *token != '\0')
    return std::string(token);
  if (!server.metrics || server.metrics->token_file.empty()) return std::string();
  const auto text = read_file((fs::path(options.config_dir) / server.metrics->token_file).string(), 4096);
  if (!text) return fail("server.json: $.metrics.token_file: " + text.error().message);
  std::string token = text->substr(0, text->find_first_of("\r\n"));
  if (token.empty()) return fail("server.json: $.metrics.token_file: its first line is empty");
  return token;
}

bool needs_content(const content::RoomsDef& rooms) {
  return std::any_of(rooms.rooms.begin(), rooms.rooms.end(), [](const auto& room) { return room.world.has_value(); });
}

/// Every problem is worth a line: whoever mends one file wants to know of the others.
class Problems {
 public:
  /// The value, or nothing and a note.
  template <typename T>
  std::optional<T> value_of(Result<T> result) {
    if (result) return *std::move(result);
    add(result.error().message);
    return std::nullopt;
  }
  void check(const Result<void>& result) {
    if (!result) add(result.error().message);
  }
  bool none() const { return lines_.empty(); }
  Failure failure() const { return fail(lines_); }

 private:
  void add(const std::string& lines) { lines_ += (lines_.empty() ? "" : "\n") + lines; }
  std::string lines_;
};

/// `skills.json:3:5: …` becomes `config/content/skills.json:3:5: …`, which editors open with a click.
std::string in_folder(const std::string& folder, const content::ContentTexts& texts, std::string_view problems) {
  std::string lines;
  while (!problems.empty()) {
    const std::string_view line = problems.substr(0, problems.find('\n'));
    problems.remove_prefix(std::min(problems.size(), line.size() + 1));
    const std::string name(line.substr(0, line.find(':')));
    if (!lines.empty()) lines += '\n';
    if (texts.contains(name)) lines += folder + "/";
    lines += line;
  }
  return lines;
}

}  // namespace

std::string content_dir_of(const Options& options) { return (fs::path(options.config_dir) / "content").string(); }

std::string database_url_of(const content::ServerDef& server) {
  if (!server.database_url.empty()) return server.database_url;
  return "sqlite:" + (fs::path(server.data_dir) / "throng.db").string();
}

Result<content::ServerDef> load_server(const Options& options) {
  const std::string file = (fs::path(options.config_dir) / "server/server.json").string();
  THRONG_TRY(const std::string text, read_file(file));
  THRONG_TRY(content::ServerDef server, content::parse_server(text, file));
  apply_options(options, server);
  return server;
}

Result<content::RoomsDef> load_rooms(const std::string& config_dir) {
  const std::string file = (fs::path(config_dir) / "server/rooms.json").string();
  THRONG_TRY(const std::string text, read_file(file));
  THRONG_TRY(content::RoomsDef rooms, content::parse_rooms(text, file));
  apply_bench_environment(rooms);
  return rooms;
}

Result<content::AccountsDef> load_accounts(const std::string& config_dir) {
  const std::string file = (fs::path(config_dir) / "server/accounts.json").string();
  std::error_code error;
  if (!fs::exists(file, error)) return content::AccountsDef{};
  THRONG_TRY(const std::string text, read_file(file));
  return content::parse_accounts(text, file);
}

Result<std::shared_ptr<const content::GameContent>> load_content_set(const content::ContentTexts& texts,
                                                                     const std::string& folder,
                                                                     const content::GameContent* previous) {
  auto loaded = content::load_content(texts, sim::effect_formats(), previous);
  if (!loaded) return fail(in_folder(folder, texts, loaded.error().message));
  return loaded;
}

Result<void> check_maps(const content::RoomsDef& rooms, const content::GameContent& content) {
  std::string problems;
  for (const content::RoomKindDef& room : rooms.rooms) {
    if (!room.world) continue;
    for (const std::string& name : room.world->maps) {
      if (content.maps.contains(name)) continue;
      problems += fmt::format(
          "{}the room '{}' of rooms.json names the map '{}', and there is neither maps/{}.tmj nor maps/{}.tmx",
          problems.empty() ? "" : "\n", room.name, name, name, name);
    }
  }
  if (!problems.empty()) return fail(problems);
  return {};
}

Result<Configuration> load_configuration(const Options& options) {
  Configuration configuration;
  Problems problems;
  configuration.content_dir = content_dir_of(options);
  configuration.content = std::make_shared<const content::GameContent>();
  const auto server = problems.value_of(load_server(options));
  const auto rooms = problems.value_of(load_rooms(options.config_dir));
  const auto accounts = problems.value_of(load_accounts(options.config_dir));
  const auto metrics_token = server ? problems.value_of(metrics_token_of(options, *server)) : std::nullopt;
  if (server) problems.check(services::check_database_url(database_url_of(*server)));
  if (!rooms || needs_content(*rooms)) {
    const auto texts = problems.value_of(services::read_content_folder(configuration.content_dir));
    if (texts) configuration.content_texts = *texts;
    const auto set = texts ? problems.value_of(load_content_set(*texts, configuration.content_dir)) : std::nullopt;
    if (set) configuration.content = *set;
    if (set && rooms) problems.check(check_maps(*rooms, **set));
  }
  if (!problems.none()) return problems.failure();
  configuration.server = *server;
  configuration.rooms = *rooms;
  configuration.accounts = *accounts;
  configuration.config_dir = options.config_dir;
  configuration.data_dir = server->data_dir;
  configuration.metrics_token = *metrics_token;
  configuration.database_url = database_url_of(*server);
  configuration.web_root = find_web_root(options, configuration.server);
  return configuration;
}

}  // namespace throng::app
