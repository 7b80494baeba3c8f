#include "gateway/http_route_metrics.h"

#include <algorithm>
#include <utility>

#include "gateway/match_request.h"
#include "protocol/codes.h"

namespace throng::gateway {
namespace {

constexpr std::string_view kOtherRoute = "other";
constexpr std::string_view kMatchRoute = "matchmake";

/// Prefixes, the longer ones first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kRouteOfPrefix{
    {{"/api/v1/characters", "characters"},
     {"/api", "api"},
     {"/auth", "auth"},
     {"/metrics", "metrics"},
     {"/healthz", "health"},
     {"/readyz", "health"},
     {"/maps", "maps"}}};
constexpr std::array<std::string_view, 9> kRouteNames{"characters", "api",  "auth",      "metrics",  "health",
                                                      "maps",       "page", kMatchRoute, kOtherRoute};

bool begins_segment(std::string_view path, std::string_view prefix) {
  return path.starts_with(prefix) &&
         (path.size() == prefix.size() || path[prefix.size()] == '/' || path[prefix.size()] == '.');
}

}  // namespace

std::string_view http_route(std::string_view path) {
  if (parse_match_path(path)) return kMatchRoute;
  for (const auto& [prefix, route] : kRouteOfPrefix) {
    if (begins_segment(path, prefix)) return route;
  }
  return path == "/" || path.starts_with("/assets/") ? "page" : kOtherRoute;
}

std::string_view close_code_word(std::uint16_t code) {
  switch (code) {
    case protocol::kCloseNormal: return "1000";
    case 1001: return "1001";
    case 1002: return "1002";
    case 1005: return "1005";
    case 1006: return "1006";
    case 1007: return "1007";
    case protocol::kCloseTooBig: return "1009";
    case protocol::kCloseConsented: return "4000";
    case protocol::kCloseShutdown: return "4001";
    case protocol::kCloseWithError: return "4002";
    case protocol::kCloseReconnectRefused: return "4003";
    case protocol::kCloseMayReconnect: return "4010";
    default: return kOtherRoute;
  }
}

HttpRouteMetrics::HttpRouteMetrics() {
  static_assert(kRoutes == kRouteNames.size());
  for (const std::uint16_t code : {protocol::kCloseConsented, protocol::kCloseWithError})
    static_cast<void>(series(CounterFamily::WebSocketsClosed, {close_code_word(code), "server"}));  // shown at once
  for (std::size_t i = 0; i < kRoutes; ++i) routes_[i] = series(CounterFamily::HttpByRoute, {kRouteNames[i]});
}

void HttpRouteMetrics::asked(std::string_view path) const {
  const auto known = std::find(kRouteNames.begin(), kRouteNames.end(), http_route(path));
  count(routes_[static_cast<std::size_t>(known - kRouteNames.begin())]);
}

void HttpRouteMetrics::closed(std::uint16_t code, bool by_peer) const {
  count(series(CounterFamily::WebSocketsClosed, {close_code_word(code), by_peer ? "peer" : "server"}));
}

}  // namespace throng::gateway
