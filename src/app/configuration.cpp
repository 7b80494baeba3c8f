#include "app/configuration.h"

#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "app/files.h"
#include "content/map/map_parser.h"

namespace throng::app {
namespace {

namespace fs = std::filesystem;

/// Tilesets lie in the folder of the maps or below it; a map cannot reach out of it.
content::FileReader reader_in(const fs::path& folder) {
  return [folder](std::string_view relative) -> Result<std::string> {
    const fs::path wanted = (folder / relative).lexically_normal();
    const auto [end_of_folder, at] = std::mismatch(folder.begin(), folder.end(), wanted.begin(), wanted.end());
    if (end_of_folder != folder.end()) return fail(fmt::format("{}: outside of {}", relative, folder.string()));
    return read_file(wanted.string(), content::kMapTextBytesMax);
  };
}

Result<void> check_monster_spawns(const content::MapDef& map, const content::MonstersDef& monsters,
                                  const std::string& maps_dir) {
  for (const content::MonsterSpawn& spawn : map.monster_spawns) {
    if (monsters.find(spawn.kind) != nullptr) continue;
    return fail(fmt::format("{}/{}: a monster_spawn names the kind '{}', which monsters.json does not have", maps_dir,
                            map.name, spawn.kind));
  }
  return {};
}

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

LogLevel log_level_of(std::string_view name) {
  if (name == "debug") return LogLevel::Debug;
  if (name == "warn" || name == "warning") return LogLevel::Warning;
  if (name == "error") return LogLevel::Error;
  return name == "off" ? LogLevel::Off : LogLevel::Info;
}

void apply_options(const Options& options, content::ServerDef& server) {
  if (options.port) server.port = *options.port;
  if (options.host) server.host = *options.host;
  if (options.public_address) server.public_address = *options.public_address;
  if (options.workers) server.workers = *options.workers;
  if (options.log_level) server.log_level = log_level_of(*options.log_level);
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

}  // namespace

Result<std::shared_ptr<const content::MapDef>> load_map(const std::string& maps_dir, const std::string& name) {
  std::error_code error;
  const fs::path folder = fs::path(maps_dir).lexically_normal();
  fs::path file = folder / (name + ".tmj");
  if (!fs::exists(file, error)) file = folder / (name + ".tmx");
  if (!fs::exists(file, error))
    return fail(fmt::format("{}/{}: there is neither {}.tmj nor {}.tmx", maps_dir, name, name, name));
  THRONG_TRY(const std::string text, read_file(file.string(), content::kMapTextBytesMax));
  THRONG_TRY(content::MapDef map, content::parse_map(text, file.string(), reader_in(folder)));
  return std::make_shared<const content::MapDef>(std::move(map));
}

Result<std::shared_ptr<const content::MonstersDef>> load_monsters(const std::string& content_dir) {
  const std::string file = (fs::path(content_dir) / "monsters.json").string();
  THRONG_TRY(const std::string text, read_file(file));
  THRONG_TRY(content::MonstersDef monsters, content::parse_monsters(text, file));
  return std::make_shared<const content::MonstersDef>(std::move(monsters));
}

Result<Configuration> load_configuration(const Options& options) {
  Configuration configuration;
  const fs::path root(options.config_dir);
  const std::string server_file = (root / "server/server.json").string();
  THRONG_TRY(const std::string server_text, read_file(server_file));
  THRONG_TRY(configuration.server, content::parse_server(server_text, server_file));
  apply_options(options, configuration.server);
  const std::string rooms_file = (root / "server/rooms.json").string();
  THRONG_TRY(const std::string rooms_text, read_file(rooms_file));
  THRONG_TRY(configuration.rooms, content::parse_rooms(rooms_text, rooms_file));
  apply_bench_environment(configuration.rooms);

  configuration.maps_dir = (root / "content/maps").string();
  for (const content::RoomKindDef& room : configuration.rooms.rooms) {
    if (!room.world) continue;
    if (!configuration.monsters) {
      THRONG_TRY(configuration.monsters, load_monsters((root / "content").string()));
    }
    for (const std::string& name : room.world->maps) {
      if (configuration.maps.contains(name)) continue;
      THRONG_TRY(configuration.maps[name], load_map(configuration.maps_dir, name));
      THRONG_CHECK(check_monster_spawns(*configuration.maps[name], *configuration.monsters, configuration.maps_dir));
    }
  }
  configuration.web_root = find_web_root(options, configuration.server);
  return configuration;
}

}  // namespace throng::app
