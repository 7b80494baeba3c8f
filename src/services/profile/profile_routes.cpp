#include "services/profile/profile_routes.h"

#include <charconv>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/iso_time.h"
#include "base/log.h"
#include "services/accounts/auth_pages.h"
#include "services/accounts/auth_routes.h"
#include "services/characters/problem.h"
#include "services/profile/heap_figures.h"

namespace throng::services {
namespace {

constexpr std::string_view kProfilePath = "/api/v1/admin/profile";
constexpr std::string_view kMemoryPath = "/api/v1/admin/memory";
constexpr int kDefaultSeconds = 10;

/// Nothing: not a number that a profile may last.
std::optional<int> wanted_seconds(std::string_view query) {
  const std::string text = form_value(query, "seconds");
  if (text.empty()) return kDefaultSeconds;
  int seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return seconds >= 1 && seconds <= kProfileSecondsMax ? std::optional(seconds) : std::nullopt;
}

net::HttpResponse profile_response(const Result<Profile>& profile) {
  if (!profile) return problem(503, "profile_failed", profile.error().message);
  net::HttpResponse response;
  response.headers = {{"Content-Type", "text/plain; charset=utf-8"},
                      {"Cache-Control", "no-store"},
                      {"Content-Disposition", fmt::format("attachment; filename=\"throngd-{}.folded\"",
                                                          iso_time(system_clock().unix_milliseconds()))},
                      {"Throng-Profile-Samples", std::to_string(profile->samples)},
                      {"Throng-Profile-Lost", std::to_string(profile->lost)},
                      {"Throng-Heap-Bytes", std::to_string(heap_figures().in_use)}};
  response.body = profile->folded;
  return response;
}

net::HttpResponse not_started(const Error& error) {
  if (error.message == kProfileRunning) return problem(409, "profile_running", error.message);
  return problem(503, "profile_impossible", error.message);
}

}  // namespace

bool ProfileRoutes::takes(std::string_view path) const { return path == kProfilePath || path == kMemoryPath; }

void ProfileRoutes::handle(net::HttpRequest request, Reply reply) {
  std::string token = bearer_token(request);
  if (token.empty()) return reply(problem(401, "sign_in", "sign in first: this needs a bearer token"));
  auto kept = std::make_shared<const net::HttpRequest>(std::move(request));
  verifier_.verify(std::move(token), [this, kept, reply = std::move(reply)](const TokenHolder& holder) {
    switch (holder.verdict) {
      case TokenVerdict::Valid: return answer(*kept, holder, reply);
      case TokenVerdict::Unknown: return reply(problem(401, "token_unknown", "the sign-in has run out; sign in again"));
      case TokenVerdict::Barred: return reply(problem(403, "barred", holder.text));
      case TokenVerdict::Away: return reply(problem(503, "store_away", "accounts cannot be reached at the moment"));
    }
  });
}

void ProfileRoutes::answer(const net::HttpRequest& request, const TokenHolder& asker, const Reply& reply) {
  if (asker.role < kAdministratorRole) {
    log_warning_limited("admin.refused", "somebody who is no administrator asked for what only those may",
                        {{"account", asker.account.value}, {"path", request.path}});
    return reply(problem(403, "not_allowed", "this is for administrators"));
  }
  const bool memory = request.path == kMemoryPath;
  if (memory && request.method == "GET") return reply(json_answer(200, heap_json(heap_figures())));
  if (!memory && request.method == "POST") return make_profile(request, asker, reply);
  reply(problem(405, "method_not_allowed", fmt::format("{} is not possible here", request.method)));
}

void ProfileRoutes::make_profile(const net::HttpRequest& request, const TokenHolder& asker, const Reply& reply) {
  const std::optional<int> seconds = wanted_seconds(request.query);
  if (!seconds) return reply(problem(400, "seconds", fmt::format("seconds is 1 to {}", kProfileSecondsMax)));
  const std::string format = form_value(request.query, "format");
  if (!format.empty() && format != "folded")
    return reply(problem(400, "format", "format is folded: speedscope and flame graphs open it"));
  const Result<void> started =
      profiler_.start(*seconds, [reply](const Result<Profile>& profile) { reply(profile_response(profile)); });
  if (!started) return reply(not_started(started.error()));
  log_info("audit: an administrator takes a CPU profile",
           {{"account", asker.account.value}, {"seconds", *seconds}, {"address", request.peer_address}});
}

}  // namespace throng::services
