#pragma once
// Spans on their way out, and what is true of all of them.

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/trace.h"

namespace throng::services {

/// What sends the spans: `service.name` and its like, in order.
using TraceResource = std::vector<std::pair<std::string, std::string>>;

using SpanPtr = std::unique_ptr<SpanRecord>;
using SpanBatch = std::span<const SpanPtr>;

/// Name of the instrumentation scope.
inline constexpr const char* kTraceScope = "throng";

/// Monotonic time as nanoseconds since 1970-01-01 UTC. The two clocks are compared when it is made, so that all spans of a
/// program lie alike on the time line.
class UnixTimes {
 public:
  UnixTimes();
  /// For tests: `monotonic` was at that time.
  UnixTimes(MonotonicTime monotonic, std::int64_t unix_ns)
      : offset_ns_(unix_ns - monotonic.time_since_epoch().count()) {}
  std::int64_t unix_ns(MonotonicTime time) const { return time.time_since_epoch().count() + offset_ns_; }

 private:
  std::int64_t offset_ns_;
};

}  // namespace throng::services
