#pragma once
// Where spans go: a collector, Zipkin, or the terminal.

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "services/tracing/batch.h"
#include "services/tracing/tracing_settings.h"

namespace throng::services {

/// What became of a batch.
struct ExportOutcome {
  enum class Kind : std::uint8_t { Taken, TryAgain, Refused };
  Kind kind = Kind::Taken;
  std::size_t rejected = 0;                        ///< of those that were Taken
  std::optional<std::chrono::milliseconds> after = {};  ///< of TryAgain: not before
  std::string problem = {};  ///< in words; without secrets
};

class SpanExporter {
 public:
  virtual ~SpanExporter() = default;
  /// Blocks, at most for the time-out of a request. One thread.
  virtual ExportOutcome send(SpanBatch spans) = 0;
  /// Any thread: `send` comes back soon, now and from now on.
  virtual void cancel() {}
  /// Where to, to be shown.
  virtual std::string destination() const = 0;
};

/// The one that the settings name; not None.
std::unique_ptr<SpanExporter> make_exporter(const TracingSettings& settings);

}  // namespace throng::services
