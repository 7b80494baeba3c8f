#pragma once
// What the environment says about traces: the variables of the OpenTelemetry specification, and three of our own.

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/trace.h"
#include "services/tracing/batch.h"

namespace throng::services {

enum class TraceExporter : std::uint8_t { None, Otlp, Zipkin, Console };
enum class OtlpFormat : std::uint8_t { Protobuf, Json };

struct TracingSettings {
  TraceExporter exporter = TraceExporter::None;  ///< with None the rest means nothing
  Sampler sampler = {};
  TraceResource resource = {};

  std::string url = {};  ///< of Otlp and Zipkin, with the path
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< secrets may be among them
  OtlpFormat format = OtlpFormat::Protobuf;
  bool gzip = false;
  std::string ca_file = {};  ///< empty: the system's list
  std::chrono::milliseconds request_timeout{10'000};

  std::chrono::milliseconds schedule_delay{5'000};  ///< spans wait so long for company
  std::chrono::milliseconds export_timeout{30'000};  ///< for a batch, with all its tries
  std::size_t queue_max = 2'048;
  std::size_t batch_max = 512;

  double tick_ratio = 0.001;  ///< of all ticks, [0, 1]; the sampler has a word on top
  double slow_tick_ratio = 0.5;  ///< of the tick interval: ticks that took longer are always kept
  int slow_ticks_per_minute = 30;  ///< traces of slow ticks, each worker; 0: none
};

/// A variable of the environment by name; one that is empty counts as not set.
using Environment = std::function<std::optional<std::string>(const char* name)>;

/// An exporter, a protocol or an address that cannot work is an error. Any other value that cannot be read is left out, as
/// the specification wants, with a line in `warnings`. Neither holds the values of headers.
/// @param instance  of this process, for service.instance.id
Result<TracingSettings> read_tracing_settings(const Environment& environment, const std::string& instance,
                                              std::vector<std::string>& warnings);

/// The process's own.
Environment process_environment();

}  // namespace throng::services
