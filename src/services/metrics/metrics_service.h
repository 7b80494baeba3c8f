#pragma once
// /metrics and /metrics.json, made on a thread of their own, so that a scrape takes no time from any room.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "net/routes.h"

namespace throng::services {

struct MetricsSettings {
  std::string token = {};                  ///< that whoever asks must bear; empty: everybody may
  std::optional<std::uint16_t> port = {};  ///< of their own, plain HTTP; 0 takes any free one. None: where the game is
  std::string host = "0.0.0.0";  ///< of that port
};

class MetricsService {
 public:
  /// Requests that may wait; the next is answered with 503.
  static constexpr std::size_t kWaitingMax = 64;

  virtual ~MetricsService() = default;
  /// For the game's port; null when the metrics have a port of their own. As long as this lives.
  virtual net::Routes* routes() = 0;
  /// That is really listened on; 0 without a port of its own.
  virtual std::uint16_t port() const = 0;
};

/// Runs its thread until it is destroyed. The error says why the port cannot be listened on.
Result<std::unique_ptr<MetricsService>> open_metrics(const MetricsSettings& settings);

}  // namespace throng::services
