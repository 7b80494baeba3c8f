#include "app/config_command.h"

#include <cstdio>
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/configuration.h"
#include "app/exit_codes.h"
#include "app/live_content.h"
#include "app/open_database.h"
#include "services/content_store/content_diff.h"
#include "services/content_store/content_folder.h"
#include "services/content_store/database_store.h"
#include "services/control/control_socket.h"
#include "services/database/connection.h"

namespace throng::app {
namespace {

using Json = nlohmann::ordered_json;
using services::ContentStore;
using services::ContentVersion;

/// What every verb works with.
struct ConfigContext {
  const ConfigOptions& options;
  content::RoomsDef rooms;
  std::string content_dir;
  std::string data_dir;
  std::unique_ptr<ContentStore> store;

  services::VersionNote note(const std::string& reason) const {
    return {options.author.empty() ? user_name() : options.author,
            options.reason.empty() ? reason : fmt::format("{}: {}", reason, options.reason)};
  }
};

/// The set as the server would take it.
Result<room::SharedContent> checked(const ConfigContext& context, const content::ContentTexts& texts,
                                    const std::string& folder) {
  THRONG_TRY(auto content, load_content_set(texts, folder));
  THRONG_CHECK(check_maps(context.rooms, *content));
  return content;
}

/// What the server answers; the error is its own, or that there is none.
Result<Json> ask_server(const ConfigContext& context, const Json& request) {
  THRONG_TRY(const std::string text, services::ask_control_socket(context.data_dir, request.dump()));
  const Json answer = Json::parse(text, nullptr, false);
  if (!answer.is_object()) return fail("the server answered with something that is not JSON");
  if (!answer.value("ok", false)) return fail(answer.value("error", "the server gave no reason"));
  return answer;
}

bool server_runs(const ConfigContext& context) { return ask_server(context, {{"command", "status"}}).has_value(); }

void print_rooms(const Json& answer) {
  for (const Json& room : answer.at("rooms")) {
    int monsters = 0;
    for (const Json& living : room.at("monsters")) monsters += living.get<int>();
    fmt::print("  room {} {} {}: version {}, {} living monsters\n", room.at("name").get<std::string>(),
               room.at("room").get<std::string>(), room.at("filter").get<std::string>(), room.at("version").get<int>(),
               monsters);
  }
}

/// Makes the server look at its folder; fails with its reasons when it refuses what lies there.
Result<Json> reload_server(const ConfigContext& context, const services::VersionNote& note) {
  THRONG_TRY(Json answer,
             ask_server(context, {{"command", "reload"}, {"author", note.author}, {"reason", note.reason}}));
  if (answer.at("accepted").get<bool>()) return answer;
  return fail(fmt::format("{}\nthe server refuses it; version {} stays live", answer.at("problems").get<std::string>(),
                          answer.at("version").get<int>()));
}

Result<void> check(const ConfigContext& context) {
  const std::string folder = context.options.dir.empty() ? context.content_dir : context.options.dir;
  THRONG_TRY(const content::ContentTexts texts, services::read_content_folder(folder));
  THRONG_TRY(const room::SharedContent content, checked(context, texts, folder));
  fmt::print("{} is right: {} monsters, {} skills, {} items, {} quests, {} maps\n", folder, content->monsters.size(),
             content->skills.size(), content->items.size(), content->quests.size(), content->maps.size());
  if (context.options.against.empty()) return {};
  THRONG_TRY(const Json answer,
             ask_server(context, {{"command", "impact"}, {"dir", std::filesystem::absolute(folder).string()}}));
  if (const std::string problems = answer.at("problems").get<std::string>(); !problems.empty()) return fail(problems);
  if (answer.at("changes").empty()) fmt::print("nothing differs from what is live\n");
  for (const char* const part : {"changes", "touched"}) {
    if (!answer.at(part).empty()) fmt::print("{}:\n", part);
    for (const Json& line : answer.at(part)) fmt::print("  {}\n", line.get<std::string>());
  }
  return {};
}

void print_version(const ContentVersion& version, bool live) {
  fmt::print("{:>6}{} {}  {:<16}  {}  {}\n", version.version, live ? "*" : " ", version.time, version.hash,
             version.note.author, version.note.reason);
}

Result<void> list(const ConfigContext& context) {
  THRONG_TRY(const std::vector<ContentVersion> versions, context.store->list());
  THRONG_TRY(const std::optional<std::uint32_t> live, context.store->live());
  for (const ContentVersion& version : versions) print_version(version, version.version == live);
  fmt::print("{}\n", versions.empty() ? "no version is kept yet: a server keeps the first when it starts"
                                      : "* is live, or was when the server ended");
  return {};
}

Result<void> show(const ConfigContext& context) {
  THRONG_TRY(const ContentVersion version, context.store->find(context.options.version));
  THRONG_TRY(const std::optional<std::uint32_t> live, context.store->live());
  print_version(version, version.version == live);
  fmt::print("{}\n", Json::parse(version.diff).dump(2, ' ', false, Json::error_handler_t::replace));
  return {};
}

Result<void> diff(const ConfigContext& context) {
  std::optional<std::uint32_t> newer = context.options.other;
  if (!newer) {
    THRONG_TRY(newer, context.store->live());
  }
  if (!newer) return fail("no version is live yet; name the second one");
  THRONG_TRY(const content::ContentTexts before, context.store->texts(context.options.version));
  THRONG_TRY(const content::ContentTexts after, context.store->texts(*newer));
  const std::vector<services::ContentChange> changes = services::content_changes(before, after);
  if (changes.empty()) fmt::print("versions {} and {} say the same\n", context.options.version, *newer);
  for (const services::ContentChange& change : changes) fmt::print("{}\n", change.words);
  return {};
}

/// What lies in the content folder and is no version of the store would be lost: keep a copy.
Result<void> keep_unknown_files(const ConfigContext& context) {
  const Result<content::ContentTexts> present = services::read_content_folder(context.content_dir);
  if (!present) return {};  // not a whole set
  const std::string id = services::texts_id(*present);
  THRONG_TRY(const std::vector<ContentVersion> versions, context.store->list());
  for (const ContentVersion& version : versions) {
    if (version.texts_id == id) return {};
  }
  const std::string folder = (std::filesystem::path(context.data_dir) / "content/replaced").string();
  fmt::print("the files that are replaced belong to no version; a copy is in {}\n", folder);
  return services::write_content_folder(folder, *present);
}

/// Makes `texts` the content: a version first, then the files, then the running server.
Result<void> make_live(const ConfigContext& context, const content::ContentTexts& texts, const std::string& from,
                       const services::VersionNote& note) {
  THRONG_TRY(const room::SharedContent content, checked(context, texts, from));
  const bool running = server_runs(context);
  THRONG_CHECK(keep_unknown_files(context));
  THRONG_TRY(const ContentStore::Kept kept, context.store->keep(texts, content->hash, note));
  THRONG_CHECK(services::write_content_folder(context.content_dir, texts));
  if (running) {
    THRONG_TRY(const Json answer, reload_server(context, note));
    fmt::print("version {} is live\n", answer.at("version").get<int>());
    print_rooms(answer);
    return {};
  }
  fmt::print("{} holds version {}; no server is running, the next one starts with it\n", context.content_dir,
             kept.version.version);
  return {};
}

Result<void> rollback(const ConfigContext& context) {
  const std::uint32_t version = context.options.version;
  THRONG_TRY(const content::ContentTexts texts, context.store->texts(version));
  return make_live(context, texts, fmt::format("version {}", version),
                   context.note(fmt::format("rollback to {}", version)));
}

Result<void> take_folder(const ConfigContext& context) {
  THRONG_TRY(const content::ContentTexts texts, services::read_content_folder(context.options.dir));
  return make_live(context, texts, context.options.dir, context.note("import of " + context.options.dir));
}

Result<void> give_folder(const ConfigContext& context) {
  THRONG_TRY(const content::ContentTexts texts, context.store->texts(context.options.version));
  THRONG_CHECK(services::write_content_folder(context.options.dir, texts));
  fmt::print("version {} is in {}\n", context.options.version, context.options.dir);
  return {};
}

Result<void> reload(const ConfigContext& context) {
  THRONG_TRY(const Json answer, reload_server(context, {user_name(), ""}));
  fmt::print("version {} is live{}\n", answer.at("version").get<int>(),
             answer.at("changed").get<bool>() ? "" : "; nothing was different");
  print_rooms(answer);
  return {};
}

Result<void> status(const ConfigContext& context) {
  THRONG_TRY(const Json answer, ask_server(context, {{"command", "status"}}));
  fmt::print("version {} is live, hash {}; {} reloads since the start\n", answer.at("version").get<int>(),
             answer.at("hash").get<std::string>(), answer.at("reloads").get<int>());
  print_rooms(answer);
  if (!answer.at("failure").is_null())
    fmt::print("the content folder was refused at {}:\n{}\n", answer.at("failure").at("time").get<std::string>(),
               answer.at("failure").at("problems").get<std::string>());
  return {};
}

Result<void> run(const ConfigContext& context) {
  switch (context.options.verb) {
    case ConfigVerb::Check: return check(context);
    case ConfigVerb::List: return list(context);
    case ConfigVerb::Show: return show(context);
    case ConfigVerb::Diff: return diff(context);
    case ConfigVerb::Rollback: return rollback(context);
    case ConfigVerb::Export: return give_folder(context);
    case ConfigVerb::Import: return take_folder(context);
    case ConfigVerb::Reload: return reload(context);
    case ConfigVerb::Status: return status(context);
  }
  return {};
}

/// Beside a running server too. An import may come before the first start; everything else needs versions to work on.
Result<std::unique_ptr<ContentStore>> open_versions(const content::ServerDef& server, ConfigVerb verb) {
  THRONG_TRY(auto connection,
             verb == ConfigVerb::Import ? open_or_make_database(server) : open_existing_database(server));
  return services::make_database_content_store(std::move(connection));
}

Result<ConfigContext> open_context(const Options& options) {
  ConfigContext context{options.config, {}, content_dir_of(options), {}, nullptr};
  THRONG_TRY(const content::ServerDef server, load_server(options));
  THRONG_TRY(context.rooms, load_rooms(options.config_dir));
  context.data_dir = server.data_dir;
  const ConfigVerb verb = options.config.verb;
  if (verb != ConfigVerb::Check && verb != ConfigVerb::Reload && verb != ConfigVerb::Status) {
    THRONG_TRY(context.store, open_versions(server, verb));
  }
  return context;
}

}  // namespace

int run_config_command(const Options& options) {
  const Result<ConfigContext> context = open_context(options);
  if (!context) {
    fmt::print(stderr, "throngd: {}\n", context.error().message);
    return kExitConfiguration;
  }
  Result<void> done;
  try {
    done = run(*context);
  } catch (const nlohmann::json::exception& problem) {  // an answer of another version of the program
    done = fail(fmt::format("the server's answer was not understood: {}", problem.what()));
  }
  std::fflush(stdout);
  if (done) return kExitOk;
  fmt::print(stderr, "{}\n", done.error().message);
  return kExitFailed;
}

}  // namespace throng::app
