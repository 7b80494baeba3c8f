#pragma once
// Joins the content's store and reloader to the workers.

#include <memory>
#include <string>

#include "app/configuration.h"
#include "app/live_maps.h"
#include "base/metrics.h"
#include "gateway/worker_group.h"
#include "services/reload/reloader.h"

namespace throng::app {

/// Everything that keeps the content of a running server up to date. End it before the workers end.
class LiveContent {
 public:
  /// Keeps the configuration's content as a version in the database, or finds the version that it is. After the
  /// database was opened (app/backing.h), through a connection of its own. The error says what is wrong with it.
  /// @param configuration  outlives the result; its content becomes the numbered one
  static Result<std::unique_ptr<LiveContent>> open(Configuration& configuration);

  /// From now on changes reach the rooms of `group`, and those of maps `maps`, which may be null. Both outlive this.
  void start(gateway::WorkerGroup& group, LiveMaps* maps);
  /// SIGHUP: looks at the content folder. Does not wait.
  void reload();
  /// A request of the control socket about content, after `start`. Waits for the rooms.
  std::string answer(std::string_view request);

 private:
  class Rooms;
  LiveContent(const Configuration& configuration, std::unique_ptr<services::ContentStore> store,
              services::LiveSet live);

  const Configuration& configuration_;
  std::unique_ptr<services::ContentStore> store_;
  services::LiveSet live_;  ///< until `start`
  std::shared_ptr<services::LiveRooms> rooms_;
  std::unique_ptr<services::Reloader> reloader_;
  std::unique_ptr<ComputedSource> figures_;
};

/// Name and author of whoever runs this program: USER, or `unknown`.
std::string user_name();

}  // namespace throng::app
