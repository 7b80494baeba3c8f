#include "services/reload/content_commands.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "services/content_store/content_folder.h"

namespace throng::services {
namespace {

using Json = nlohmann::ordered_json;

Json failed(const std::string& error) { return {{"ok", false}, {"error", error}}; }

Json rooms_as_json(const std::vector<room::RoomContentStatus>& rooms) {
  Json list = Json::array();
  for (const room::RoomContentStatus& room : rooms) {
    Json monsters = Json::object();
    for (const auto& [kind, living] : room.status.monsters) monsters[kind] = living;
    list.push_back({{"room", room.room_id},
                    {"name", room.name},
                    {"filter", room.filter},
                    {"version", room.status.version},
                    {"hash", fmt::format("{:016x}", room.status.hash)},
                    {"monsters", monsters}});
  }
  return list;
}

Json reload(const Json& request, Reloader& reloader, LiveRooms& rooms) {
  const Result<ReloadOutcome> outcome =
      reloader.reload({request.value("author", "unknown"), request.value("reason", "")});
  if (!outcome) return failed(outcome.error().message);
  return {{"ok", true},
          {"accepted", outcome->accepted},
          {"changed", outcome->changed},
          {"version", outcome->version},
          {"problems", outcome->problems},
          {"rooms", rooms_as_json(rooms.status())}};
}

Json status(Reloader& reloader, LiveRooms& rooms) {
  const ReloadStatus now = reloader.status();
  Json answer{{"ok", true},
              {"version", now.version},
              {"hash", fmt::format("{:016x}", now.hash)},
              {"reloads", now.reloads},
              {"rooms", rooms_as_json(rooms.status())},
              {"failure", nullptr}};
  if (now.failure) answer["failure"] = {{"time", now.failure->time}, {"problems", now.failure->problems}};
  return answer;
}

Json impact(const Json& request, Reloader& reloader) {
  content::ContentTexts texts;
  if (request.contains("texts")) {
    request.at("texts").get_to(texts);
  } else {
    Result<content::ContentTexts> read = read_content_folder(request.at("dir").get<std::string>());
    if (!read) return failed(read.error().message);
    texts = *std::move(read);
  }
  const DryRun run = reloader.dry_run(texts);
  return {{"ok", true}, {"problems", run.problems}, {"changes", run.changes}, {"touched", run.touched}};
}

Json answer(const Json& request, Reloader& reloader, LiveRooms& rooms) {
  const std::string command = request.at("command").get<std::string>();
  if (command == "reload") return reload(request, reloader, rooms);
  if (command == "status") return status(reloader, rooms);
  if (command == "impact") return impact(request, reloader);
  return failed(fmt::format("there is no command '{}'; there are: reload, status, impact", command));
}

}  // namespace

std::string answer_content_command(std::string_view request, Reloader& reloader, LiveRooms& rooms) {
  Json said;
  try {  // the library reports bad text and wrong types by throwing
    said = answer(Json::parse(request), reloader, rooms);
  } catch (const nlohmann::json::exception& problem) {
    said = failed(fmt::format("not a request: {}", problem.what()));
  }
  return said.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace throng::services
