#include "services/tracing/tracing_settings.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

#include "services/http_client/http_client.h"

namespace throng::services {
namespace {

constexpr std::size_t kHeadersMax = 32;
constexpr std::size_t kResourceMax = 64;
constexpr std::int64_t kQueueMax = 1'000'000;
constexpr std::int64_t kMillisecondsMax = 3'600'000;

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// `%41` to `A`. Nothing: not well-formed, or a character that would end a line.
std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char byte = static_cast<unsigned char>(text[i]);
    if (byte == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const char* const begin = text.data() + i + 1;
      const auto [end, error] = std::from_chars(begin, begin + 2, byte, 16);
      if (error != std::errc() || end != begin + 2) return std::nullopt;
      i += 2;
    }
    if (byte < ' ' || byte == 0x7f) return std::nullopt;
    decoded += static_cast<char>(byte);
  }
  return decoded;
}

/// Reads one variable after the other, and remembers what was wrong.
class SettingsReader {
 public:
  SettingsReader(const Environment& environment, std::vector<std::string>& warnings)
      : environment_(environment), warnings_(warnings) {}

  std::optional<std::string> text(const char* name) const {
    const std::optional<std::string> value = environment_(name);
    if (!value) return std::nullopt;
    const std::string_view bare = without_blanks(*value);
    return bare.empty() ? std::nullopt : std::optional<std::string>(bare);
  }
  /// The first that is set.
  std::optional<std::string> text(const char* name, const char* or_else) const {
    const std::optional<std::string> value = text(name);
    return value ? value : text(or_else);
  }

  std::int64_t number(const char* name, std::int64_t otherwise, std::int64_t least, std::int64_t most) {
    const std::optional<std::string> value = text(name);
    if (!value) return otherwise;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
    if (error == std::errc() && end == value->data() + value->size() && number >= least && number <= most)
      return number;
    warn(fmt::format("{}={} is not a whole number from {} to {}; {} is used", name, *value, least, most, otherwise));
    return otherwise;
  }
  std::chrono::milliseconds milliseconds(const char* name, std::chrono::milliseconds otherwise) {
    return std::chrono::milliseconds(number(name, otherwise.count(), 1, kMillisecondsMax));
  }
  double ratio(const char* name, double otherwise, double most = 1) {
    const std::optional<std::string> value = text(name);
    if (!value) return otherwise;
    double number = 0;
    const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
    if (error == std::errc() && end == value->data() + value->size() && number >= 0 && number <= most) return number;
    warn(fmt::format("{}={} is not a number from 0 to {}; {} is used", name, *value, most, otherwise));
    return otherwise;
  }

  /// `key=value,key=value`, the values percent-encoded. What is wrong is told by its place, for the values may be secret.
  std::vector<std::pair<std::string, std::string>> pairs(const char* name, std::size_t most) {
    std::vector<std::pair<std::string, std::string>> all;
    const std::string list = text(name).value_or("");
    std::string_view left = list;
    for (int place = 1; !left.empty(); ++place) {
      const std::string_view one = left.substr(0, left.find(','));
      left.remove_prefix(std::min(left.size(), one.size() + 1));
      if (without_blanks(one).empty()) continue;
      const std::size_t equals = one.find('=');
      const auto key = percent_decoded(without_blanks(one.substr(0, equals)));
      const auto value =
          equals == std::string_view::npos ? std::nullopt : percent_decoded(without_blanks(one.substr(equals + 1)));
      if (!key || key->empty() || !value || all.size() >= most) {
        warn(fmt::format("{}: element {} is not key=value, or one too many; it is left out", name, place));
      } else {
        all.emplace_back(*key, *value);
      }
    }
    return all;
  }

  void warn(std::string words) { warnings_.push_back(std::move(words)); }

 private:
  const Environment& environment_;
  std::vector<std::string>& warnings_;
};

bool is_true(const std::optional<std::string>& value) {
  return value && (*value == "true" || *value == "TRUE" || *value == "True");
}

Result<TraceExporter> read_exporter(SettingsReader& read) {
  const std::string name = read.text("OTEL_TRACES_EXPORTER").value_or("none");
  if (name == "none") return TraceExporter::None;
  if (name == "otlp") return TraceExporter::Otlp;
  if (name == "zipkin") return TraceExporter::Zipkin;
  if (name == "console") return TraceExporter::Console;
  return fail(fmt::format("OTEL_TRACES_EXPORTER={} is not known: otlp, zipkin, console or none", name));
}

Result<std::string> checked_url(const char* name, std::string url) {
  if (!is_http_url(url))
    return fail(
        fmt::format("{}={} is no address: http://host:port or https://host:port is wanted", name, shown_url(url)));
  return url;
}

Result<std::string> otlp_url(const SettingsReader& read) {
  if (auto url = read.text("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"))
    return checked_url("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", *std::move(url));
  std::string base = read.text("OTEL_EXPORTER_OTLP_ENDPOINT").value_or("http://localhost:4318");
  while (!base.empty() && base.back() == '/') base.pop_back();
  return checked_url("OTEL_EXPORTER_OTLP_ENDPOINT", base + "/v1/traces");
}

Result<void> read_otlp(SettingsReader& read, TracingSettings& settings) {
  const std::string protocol =
      read.text("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL").value_or("http/protobuf");
  if (protocol != "http/protobuf" && protocol != "http/json")
    return fail(
        fmt::format("OTEL_EXPORTER_OTLP_PROTOCOL={} is not spoken here: http/protobuf or http/json (port 4318 "
                    "of a collector, not 4317)",
                    protocol));
  settings.format = protocol == "http/json" ? OtlpFormat::Json : OtlpFormat::Protobuf;
  THRONG_TRY(settings.url, otlp_url(read));
  const bool own_headers = read.text("OTEL_EXPORTER_OTLP_TRACES_HEADERS").has_value();
  settings.headers =
      read.pairs(own_headers ? "OTEL_EXPORTER_OTLP_TRACES_HEADERS" : "OTEL_EXPORTER_OTLP_HEADERS", kHeadersMax);
  settings.ca_file = read.text("OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE", "OTEL_EXPORTER_OTLP_CERTIFICATE").value_or("");
  const std::string compression =
      read.text("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "OTEL_EXPORTER_OTLP_COMPRESSION").value_or("none");
  settings.gzip = compression == "gzip";
  if (compression != "gzip" && compression != "none")
    read.warn(fmt::format("OTEL_EXPORTER_OTLP_COMPRESSION={} is not known: gzip or none; none is used", compression));
  settings.request_timeout = read.milliseconds(
      "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", read.milliseconds("OTEL_EXPORTER_OTLP_TIMEOUT", settings.request_timeout));
  return {};
}

Result<void> read_zipkin(SettingsReader& read, TracingSettings& settings) {
  THRONG_TRY(settings.url,
             checked_url("OTEL_EXPORTER_ZIPKIN_ENDPOINT",
                         read.text("OTEL_EXPORTER_ZIPKIN_ENDPOINT").value_or("http://localhost:9411/api/v2/spans")));
  settings.request_timeout = read.milliseconds("OTEL_EXPORTER_ZIPKIN_TIMEOUT", settings.request_timeout);
  return {};
}

Sampler read_sampler(SettingsReader& read) {
  std::string name = read.text("OTEL_TRACES_SAMPLER").value_or("parentbased_always_on");
  const std::string whole = name;
  Sampler sampler;
  constexpr std::string_view kParentBased = "parentbased_";
  sampler.parent_based = name.compare(0, kParentBased.size(), kParentBased) == 0;
  if (sampler.parent_based) name.erase(0, kParentBased.size());
  if (name == "always_on") return sampler;
  if (name == "always_off") {
    sampler.kind = Sampler::Kind::AlwaysOff;
  } else if (name == "traceidratio") {
    sampler.kind = Sampler::Kind::TraceIdRatio;
    sampler.ratio = read.ratio("OTEL_TRACES_SAMPLER_ARG", 1);
  } else {
    read.warn(fmt::format("OTEL_TRACES_SAMPLER={} is not known; parentbased_always_on is used", whole));
    return {};
  }
  return sampler;
}

void put_attribute(TraceResource& resource, const std::string& key, const std::string& value) {
  const auto known =
      std::find_if(resource.begin(), resource.end(), [&key](const auto& one) { return one.first == key; });
  if (known == resource.end()) {
    resource.emplace_back(span_text(key), span_text(value));
  } else {
    known->second = span_text(value);
  }
}

TraceResource read_resource(SettingsReader& read, const std::string& instance) {
  TraceResource resource{{"service.name", "throngd"},
                         {"service.instance.id", instance},
                         {"telemetry.sdk.name", "throng"},
                         {"telemetry.sdk.language", "cpp"}};
  for (const auto& [key, value] : read.pairs("OTEL_RESOURCE_ATTRIBUTES", kResourceMax))
    put_attribute(resource, key, value);
  if (const auto name = read.text("OTEL_SERVICE_NAME")) put_attribute(resource, "service.name", *name);
  return resource;
}

void read_batching(SettingsReader& read, TracingSettings& settings) {
  settings.schedule_delay = read.milliseconds("OTEL_BSP_SCHEDULE_DELAY", settings.schedule_delay);
  settings.export_timeout = read.milliseconds("OTEL_BSP_EXPORT_TIMEOUT", settings.export_timeout);
  settings.queue_max = static_cast<std::size_t>(
      read.number("OTEL_BSP_MAX_QUEUE_SIZE", static_cast<std::int64_t>(settings.queue_max), 1, kQueueMax));
  settings.batch_max = static_cast<std::size_t>(
      read.number("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", static_cast<std::int64_t>(settings.batch_max), 1, kQueueMax));
  settings.batch_max = std::min(settings.batch_max, settings.queue_max);
}

void read_ticks(SettingsReader& read, TracingSettings& settings) {
  settings.tick_ratio = read.ratio("THRONG_TRACE_TICK_RATIO", settings.tick_ratio);
  settings.slow_tick_ratio = read.ratio("THRONG_SLOW_TICK_RATIO", settings.slow_tick_ratio, 1000);
  settings.slow_ticks_per_minute =
      static_cast<int>(read.number("THRONG_SLOW_TICK_TRACES_PER_MINUTE", settings.slow_ticks_per_minute, 0, 60'000));
}

}  // namespace

Result<TracingSettings> read_tracing_settings(const Environment& environment, const std::string& instance,
                                              std::vector<std::string>& warnings) {
  SettingsReader read(environment, warnings);
  TracingSettings settings;
  if (is_true(read.text("OTEL_SDK_DISABLED"))) return settings;
  THRONG_TRY(settings.exporter, read_exporter(read));
  if (settings.exporter == TraceExporter::None) {
    if (!read.text("OTEL_TRACES_EXPORTER") &&
        read.text("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"))
      read.warn("there is an OTLP endpoint, but no traces are sent to it without OTEL_TRACES_EXPORTER=otlp");
    return settings;
  }
  if (settings.exporter == TraceExporter::Otlp) THRONG_CHECK(read_otlp(read, settings));
  if (settings.exporter == TraceExporter::Zipkin) THRONG_CHECK(read_zipkin(read, settings));
  settings.sampler = read_sampler(read);
  settings.resource = read_resource(read, instance);
  read_batching(read, settings);
  read_ticks(read, settings);
  return settings;
}

Environment process_environment() {
  return [](const char* name) -> std::optional<std::string> {
    const char* const value = std::getenv(name);
    if (value == nullptr || *value == '\0') return std::nullopt;
    return std::string(value);
  };
}

}  // namespace throng::services
