#include "services/profile/operator_commands.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/log.h"

namespace throng::services {
namespace {

using OperatorJson = nlohmann::ordered_json;

std::string said(const OperatorJson& answer) {
  return answer.dump(-1, ' ', false, OperatorJson::error_handler_t::replace);
}

std::string refused_command(std::string_view error) { return said({{"ok", false}, {"error", error}}); }

}  // namespace

std::optional<std::string> OperatorCommands::answer(std::string_view request) {
  const OperatorJson asked = OperatorJson::parse(request, nullptr, false);
  if (!asked.is_object() || !asked.contains("command") || !asked["command"].is_string()) return std::nullopt;
  const std::string command = asked["command"].get<std::string>();
  if (command == "log_level") {
    const bool named = asked.contains("level") && asked["level"].is_string();
    return set_level(named ? asked["level"].get<std::string>() : std::string());
  }
  if (command == "profile") {
    const bool given = asked.contains("seconds") && asked["seconds"].is_number_integer();
    return begin_profile(given ? asked["seconds"].get<int>() : 0);
  }
  if (command == "profile_result") return profile_result();
  return std::nullopt;
}

std::string OperatorCommands::set_level(const std::string& level) {
  if (!level.empty()) {
    const std::optional<LogLevel> wanted = log_level_named(level);
    if (!wanted) return refused_command("levels are debug, info, warning, error and off");
    const LogLevel before = log_level();
    set_log_level(*wanted);
    log_warning("the log level was changed", {{"from", log_level_name(before)}, {"to", log_level_name(*wanted)}});
  }
  return said({{"ok", true}, {"level", log_level_name(log_level())}});
}

std::string OperatorCommands::begin_profile(int seconds) {
  if (seconds < 1 || seconds > kProfileSecondsMax)
    return refused_command(fmt::format("seconds is 1 to {}", kProfileSecondsMax));
  const auto desk = desk_ = std::make_shared<Desk>();
  const Result<void> started = profiler_.start(seconds, [desk](Result<Profile> profile) {
    const std::lock_guard lock(desk->mutex);
    desk->result = std::move(profile);
  });
  if (!started) return refused_command(started.error().message);
  log_info("audit: a CPU profile is taken over the control socket", {{"seconds", seconds}});
  return said({{"ok", true}});
}

std::string OperatorCommands::profile_result() {
  const std::lock_guard lock(desk_->mutex);
  if (!desk_->result) return said({{"ok", true}, {"done", false}});
  const Result<Profile>& profile = *desk_->result;
  if (!profile) return refused_command(profile.error().message);
  return said({{"ok", true},
               {"done", true},
               {"folded", profile->folded},
               {"samples", profile->samples},
               {"lost", profile->lost}});
}

}  // namespace throng::services
