#include "app/live_content.h"

#include <cstdlib>

#include <fmt/format.h>

#include "base/log.h"
#include "services/content_store/database_store.h"
#include "services/database/connection.h"
#include "services/reload/content_commands.h"
#include "services/store/store.h"

namespace throng::app {

/// The workers as the reloader sees them.
class LiveContent::Rooms final : public services::LiveRooms {
 public:
  Rooms(gateway::WorkerGroup& group, LiveMaps* maps) : group_(group), maps_(maps) {}
  bool adopt(const room::SharedContent& content) override {
    if (maps_ != nullptr) maps_->refresh();  // first, so that whoever joins a new room finds its map
    return group_.adopt(content);
  }
  std::vector<room::RoomContentStatus> status() override { return group_.content_status(); }

 private:
  gateway::WorkerGroup& group_;
  LiveMaps* maps_;
};

LiveContent::LiveContent(const Configuration& configuration, std::unique_ptr<services::ContentStore> store,
                         services::LiveSet live)
    : configuration_(configuration), store_(std::move(store)), live_(std::move(live)) {}

Result<std::unique_ptr<LiveContent>> LiveContent::open(Configuration& configuration) {
  THRONG_TRY(auto connection, services::connect_database(configuration.database_url, services::Opening::Again));
  THRONG_CHECK(services::prepare_database(*connection));
  auto store = services::make_database_content_store(std::move(connection));
  THRONG_TRY(services::LiveSet live, services::keep_as_live(*store, configuration.content_texts, configuration.content,
                                                            {user_name(), "found when the server started"}));
  configuration.content = live.content;
  log_info("content: found when the server started",
           {{"version", live.content->version}, {"hash", fmt::format("{:016x}", live.content->hash)}});
  return std::unique_ptr<LiveContent>(new LiveContent(configuration, std::move(store), std::move(live)));
}

void LiveContent::start(gateway::WorkerGroup& group, LiveMaps* maps) {
  const Configuration& configuration = configuration_;
  services::ReloadSettings settings;
  settings.folder = configuration.content_dir;
  settings.watch = configuration.server.content_reload;
  settings.load = [&configuration](const content::ContentTexts& texts,
                                   const content::GameContent* previous) -> Result<room::SharedContent> {
    THRONG_TRY(auto content, load_content_set(texts, configuration.content_dir, previous));
    THRONG_CHECK(check_maps(configuration.rooms, *content));
    return content;
  };
  rooms_ = std::make_shared<Rooms>(group, maps);
  reloader_ = std::make_unique<services::Reloader>(std::move(settings), *store_, *rooms_, std::move(live_));
  if (const Result<void> watched = reloader_->start(); !watched)
    log_warning("the content folder is not watched; SIGHUP and `throngd config reload` still work",
                {{"reason", watched.error().message}});
  figures_ = add_computed_source([&reloader = *reloader_](ComputedReport& report) {
    const services::ReloadStatus status = reloader.status();
    report.set(Computed::ContentVersion, {}, status.version);
    report.set(Computed::ContentRefusedNow, {}, status.failure ? 1 : 0);
  });
}

std::string LiveContent::answer(std::string_view request) {
  return services::answer_content_command(request, *reloader_, *rooms_);
}

void LiveContent::reload() { reloader_->request({user_name(), "SIGHUP"}); }

std::string user_name() {
  const char* const name = std::getenv("USER");
  return name != nullptr && *name != '\0' ? name : "unknown";
}

}  // namespace throng::app
