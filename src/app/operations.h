#pragma once
// What operators have for a closer look, joined: profiles, and commands of the control socket.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/configuration.h"
#include "gateway/surroundings.h"
#include "services/profile/auto_profiles.h"
#include "services/profile/operator_commands.h"
#include "services/profile/profile_routes.h"
#include "services/profile/profiler.h"

namespace throng::app {

class Operations {
 public:
  /// @param verifier  has answered its last question when this ends
  Operations(const Configuration& configuration, services::TokenVerifier& verifier);

  /// Adds routes, and a reader of ticks beside those that are there; before the workers are made. This outlives them.
  void join(gateway::Surroundings& surroundings);
  /// A request of the control socket; nothing when it is about something else.
  std::optional<std::string> answer(std::string_view request) { return commands_.answer(request); }
  /// Tells what the log holds back, begins automatic profiles.
  void every_second();
  /// Ends a profile that is being made: whoever waits for it is told.
  void end() { profiler_.end(); }

 private:
  std::optional<services::AutoProfiles> auto_profiles_;  ///< nothing: switched off
  services::Profiler profiler_;
  services::ProfileRoutes routes_;
  services::OperatorCommands commands_;
};

}  // namespace throng::app
