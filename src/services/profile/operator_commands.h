#pragma once
// What the command line may ask the running server about its log and its profile, over the control socket:
//   log_level {level?}      sets it, or only tells it: level
//   profile {seconds}       begins one
//   profile_result          of the one that was begun last over this socket: done, and then folded, samples, lost

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "services/profile/profiler.h"

namespace throng::services {

/// On the thread of the control socket; never waits.
class OperatorCommands {
 public:
  /// @param profiler  outlives this
  explicit OperatorCommands(Profiler& profiler) : profiler_(profiler) {}

  /// One JSON document to one JSON document; nothing when the command is none of ours. Any text is safe.
  std::optional<std::string> answer(std::string_view request);

 private:
  /// Where the profiler's thread leaves what it has.
  struct Desk {
    std::mutex mutex;
    std::optional<Result<Profile>> result;
  };

  std::string set_level(const std::string& level);
  std::string begin_profile(int seconds);
  std::string profile_result();

  Profiler& profiler_;
  std::shared_ptr<Desk> desk_ = std::make_shared<Desk>();
};

}  // namespace throng::services
