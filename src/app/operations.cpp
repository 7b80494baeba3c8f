#include "app/operations.h"

#include <filesystem>
#include <utility>

#include "base/log.h"

namespace throng::app {
namespace {

services::AutoProfileSettings auto_profile_settings(const content::SlowTickProfileDef& def,
                                                    const std::string& data_dir) {
  return {
      .folder = (std::filesystem::path(data_dir) / "profiles").string(),
      .slow_ticks = {.ticks = static_cast<std::size_t>(def.slow_ticks), .within = std::chrono::seconds(def.within_s)},
      .seconds = def.seconds,
      .pause = std::chrono::minutes(def.pause_minutes),
      .files_max = static_cast<std::size_t>(def.files_max)};
}

}  // namespace

Operations::Operations(const Configuration& configuration, services::TokenVerifier& verifier)
    : routes_(verifier, profiler_), commands_(profiler_) {
  if (const auto& def = configuration.server.profile)
    auto_profiles_.emplace(auto_profile_settings(*def, configuration.data_dir), profiler_);
}

void Operations::join(gateway::Surroundings& surroundings) {
  surroundings.routes.push_back(&routes_);
  if (!auto_profiles_) return;
  surroundings.tick_readers.push_back([this](std::size_t) { return auto_profiles_->make_reader(); });
}

void Operations::every_second() {
  tell_held_back();
  if (auto_profiles_) auto_profiles_->look();
}

}  // namespace throng::app
