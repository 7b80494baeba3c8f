#pragma once
// What of the program is asked for over HTTP, and how WebSockets end. In words of ours, never of the client.

#include <array>
#include <cstdint>
#include <string_view>

#include "base/metrics.h"

namespace throng::gateway {

/// The part of the program that a path belongs to: `matchmake`, `auth` …, `other`.
std::string_view http_route(std::string_view path);
/// A close code in digits when it is one that we or browsers send; else `other`.
std::string_view close_code_word(std::uint16_t code);

/// One worker's.
class HttpRouteMetrics {
 public:
  HttpRouteMetrics();
  void asked(std::string_view path) const;
  void closed(std::uint16_t code, bool by_peer) const;

 private:
  static constexpr std::size_t kRoutes = 9;
  std::array<CounterSeries, kRoutes> routes_;
};

}  // namespace throng::gateway
