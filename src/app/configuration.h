#pragma once
// Everything that files and flags say, read and checked as one: either all of it is right, or nothing starts.

#include <map>
#include <memory>
#include <string>

#include "app/options.h"
#include "content/map/map_def.h"
#include "content/monsters.h"
#include "content/server/rooms_def.h"
#include "content/server/server_def.h"

namespace throng::app {

struct Configuration {
  content::ServerDef server;
  content::RoomsDef rooms;
  std::shared_ptr<const content::MonstersDef> monsters;
  std::map<std::string, std::shared_ptr<const content::MapDef>> maps;  ///< every map that a room names
  std::string maps_dir;
  std::string web_root;  ///< empty: no page was built
};

/// Reads config_dir/server/*.json and config_dir/content. The error lists what is wrong, one line each.
Result<Configuration> load_configuration(const Options& options);

/// The map `name` from `maps_dir`: name.tmj or name.tmx.
Result<std::shared_ptr<const content::MapDef>> load_map(const std::string& maps_dir, const std::string& name);

Result<std::shared_ptr<const content::MonstersDef>> load_monsters(const std::string& content_dir);

}  // namespace throng::app
