#pragma once
// Everything that files and flags say, read and checked as one: either all of it is right, or nothing starts.

#include <memory>
#include <string>

#include "app/options.h"
#include "content/game/game_content.h"
#include "content/server/accounts_def.h"
#include "content/server/rooms_def.h"
#include "content/server/server_def.h"

namespace throng::app {

struct Configuration {
  content::ServerDef server;
  content::RoomsDef rooms;
  content::AccountsDef accounts;
  std::shared_ptr<const content::GameContent> content;  ///< never null; an empty set when no room is a world
  content::ContentTexts content_texts;                  ///< what `content` was made of; empty for the empty set
  std::string config_dir;
  std::string content_dir;
  std::string data_dir;
  std::string database_url;  ///< as services::connect_database takes it; may hold a password
  std::string web_root;  ///< empty: no page was built
  std::string metrics_token;  ///< that scrapers must bear; empty: everybody may read
};

/// Reads config_dir/server/*.json and config_dir/content. The error lists everything that is wrong, one line each.
Result<Configuration> load_configuration(const Options& options);

/// server.json with the flags over it; for commands that need no more.
Result<content::ServerDef> load_server(const Options& options);
Result<content::RoomsDef> load_rooms(const std::string& config_dir);
/// accounts.json; without the file all is as the defaults have it.
Result<content::AccountsDef> load_accounts(const std::string& config_dir);

std::string content_dir_of(const Options& options);

/// Where accounts and characters are kept: what server.json with the flags over it says, else a file in the data folder.
std::string database_url_of(const content::ServerDef& server);

/// A set as this program understands it. Problems name their files with `folder` before them.
Result<std::shared_ptr<const content::GameContent>> load_content_set(const content::ContentTexts& texts,
                                                                     const std::string& folder,
                                                                     const content::GameContent* previous = nullptr);

/// Whether every map that a room names is there; the error lists those that are not.
Result<void> check_maps(const content::RoomsDef& rooms, const content::GameContent& content);

}  // namespace throng::app
