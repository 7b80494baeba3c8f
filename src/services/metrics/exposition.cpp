#include "services/metrics/exposition.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <prometheus/collectable.h>
#include <prometheus/text_serializer.h>

#include "net/http/header_text.h"

namespace throng::services {
namespace {

prometheus::MetricType type_for_prometheus(MetricType type) {
  switch (type) {
    case MetricType::Counter: return prometheus::MetricType::Counter;
    case MetricType::Gauge: return prometheus::MetricType::Gauge;
    case MetricType::Histogram: return prometheus::MetricType::Histogram;
  }
  return prometheus::MetricType::Untyped;
}

/// Divided, not multiplied: 5 ms is 0.005 then, and not a neighbour of it.
double in_pages(const MetricFamily& family, double value) {
  return family.unit == MetricUnit::Nanos ? value / 1e9 : value;
}

double bound_in_pages(const MetricFamily& family, std::size_t bucket) {
  const std::span<const std::int64_t> bounds = bucket_bounds(family.buckets);
  if (bucket >= bounds.size()) return std::numeric_limits<double>::infinity();
  return in_pages(family, static_cast<double>(bounds[bucket]));
}

prometheus::ClientMetric client_metric(const MetricFamily& family, const MetricSample& sample) {
  prometheus::ClientMetric metric;
  for (const auto& [name, value] : sample.labels) metric.label.push_back({name, value});
  if (family.type == MetricType::Counter) metric.counter.value = sample.value;
  if (family.type == MetricType::Gauge) metric.gauge.value = sample.value;
  if (family.type != MetricType::Histogram) return metric;
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < sample.buckets.size(); ++i) {
    below += sample.buckets[i];
    metric.histogram.bucket.push_back({below, bound_in_pages(family, i)});
  }
  metric.histogram.sample_count = below;
  metric.histogram.sample_sum = in_pages(family, static_cast<double>(sample.sum));
  return metric;
}

/// What was read, as the library wants it.
class ReadMetrics final : public prometheus::Collectable {
 public:
  explicit ReadMetrics(std::span<const MetricReading> readings) : readings_(readings) {}

  std::vector<prometheus::MetricFamily> Collect() const override {
    std::vector<prometheus::MetricFamily> families;
    for (const MetricReading& reading : readings_) {
      if (reading.samples.empty()) continue;
      const MetricFamily& family = *reading.family;
      prometheus::MetricFamily& to = families.emplace_back();
      to.name = family.name;
      to.help = family.help;
      to.type = type_for_prometheus(family.type);
      for (const MetricSample& sample : reading.samples) to.metric.push_back(client_metric(family, sample));
    }
    return families;
  }

 private:
  const std::span<const MetricReading> readings_;
};

// OpenMetrics, which the library does not know

/// The shortest text that reads back as the same number, with an exponent only where the library writes one too.
void append_number(std::string& page, double value) { fmt::format_to(std::back_inserter(page), "{}", value); }

/// Bounds are always written with a point or an exponent there.
void append_bound(std::string& page, double bound) {
  if (bound == std::numeric_limits<double>::infinity()) {
    page += "+Inf";
    return;
  }
  const std::size_t begin = page.size();
  append_number(page, bound);
  if (page.find_first_of(".e", begin) == std::string::npos) page += ".0";
}

/// @param bound  of a bucket; null: the sample is none
void append_labels(std::string& page, const MetricSample& sample, const double* bound = nullptr) {
  if (sample.labels.empty() && bound == nullptr) return;
  char before = '{';
  for (const auto& [name, value] : sample.labels) {
    ((page += before) += name) += "=\"";  // values are words: nothing in them needs to be escaped
    (page += value) += '"';
    before = ',';
  }
  if (bound != nullptr) {
    (page += before) += "le=\"";
    append_bound(page, *bound);
    page += '"';
  }
  page += '}';
}

void append_exemplar(std::string& page, const MetricFamily& family, const Exemplar& exemplar) {
  if (exemplar.trace_id.empty()) return;
  ((page += " # {trace_id=\"") += exemplar.trace_id) += "\"} ";
  append_number(page, in_pages(family, static_cast<double>(exemplar.value)));
  page += ' ';
  append_number(page, static_cast<double>(exemplar.unix_ms) / 1e3);
}

void append_histogram(std::string& page, const MetricFamily& family, const MetricSample& sample) {
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < sample.buckets.size(); ++i) {
    below += sample.buckets[i];
    const double bound = bound_in_pages(family, i);
    (page += family.name) += "_bucket";
    append_labels(page, sample, &bound);
    (page += ' ') += std::to_string(below);
    if (!sample.exemplars.empty()) append_exemplar(page, family, sample.exemplars[i]);
    page += '\n';
  }
  (page += family.name) += "_count";
  append_labels(page, sample);
  ((page += ' ') += std::to_string(below)) += '\n';
  (page += family.name) += "_sum";
  append_labels(page, sample);
  page += ' ';
  append_number(page, in_pages(family, static_cast<double>(sample.sum)));
  page += '\n';
}

/// A whole number without a point, as people count.
nlohmann::ordered_json json_number(double value) {
  constexpr double kExactMax = 9e15;
  if (std::abs(value) < kExactMax && value == std::floor(value)) return static_cast<std::int64_t>(value);
  return value;
}

std::string_view type_word(MetricType type) {
  switch (type) {
    case MetricType::Counter: return "counter";
    case MetricType::Gauge: return "gauge";
    case MetricType::Histogram: return "histogram";
  }
  return "unknown";
}

/// There a counter's family is called without the `_total` that its samples have.
std::string_view open_metrics_name(const MetricFamily& family) {
  constexpr std::string_view kTotal = "_total";
  const bool cut = family.type == MetricType::Counter && family.name.ends_with(kTotal);
  return cut ? family.name.substr(0, family.name.size() - kTotal.size()) : family.name;
}

void append_family_head(std::string& page, const MetricFamily& family) {
  const std::string_view name = open_metrics_name(family);
  ((((page += "# TYPE ") += name) += ' ') += type_word(family.type)) += '\n';
  for (const std::string_view unit : {"seconds", "bytes", "points", "coins"}) {
    if (name.ends_with(unit) && name.size() > unit.size() && name[name.size() - unit.size() - 1] == '_')
      ((((page += "# UNIT ") += name) += ' ') += unit) += '\n';
  }
  ((((page += "# HELP ") += name) += ' ') += family.help) += '\n';
}

}  // namespace

std::string prometheus_text(std::span<const MetricReading> readings) {
  const prometheus::TextSerializer serializer;
  return serializer.Serialize(ReadMetrics(readings).Collect());
}

std::string open_metrics_text(std::span<const MetricReading> readings) {
  std::string page;
  for (const MetricReading& reading : readings) {
    if (reading.samples.empty()) continue;
    const MetricFamily& family = *reading.family;
    append_family_head(page, family);
    for (const MetricSample& sample : reading.samples) {
      if (family.type == MetricType::Histogram) {
        append_histogram(page, family, sample);
        continue;
      }
      page += family.name;
      append_labels(page, sample);
      page += ' ';
      append_number(page, sample.value);
      page += '\n';
    }
  }
  return page += "# EOF\n";
}

std::string metrics_json(std::span<const MetricReading> readings) {
  using Json = nlohmann::ordered_json;
  Json metrics = Json::array();
  for (const MetricReading& reading : readings) {
    if (reading.samples.empty()) continue;
    const MetricFamily& family = *reading.family;
    Json samples = Json::array();
    for (const MetricSample& sample : reading.samples) {
      Json one = {{"labels", Json::object()}};
      for (const auto& [name, value] : sample.labels) one["labels"][name] = value;
      if (family.type != MetricType::Histogram) {
        one["value"] = json_number(sample.value);
        samples.push_back(std::move(one));
        continue;
      }
      std::uint64_t below = 0;
      Json buckets = Json::object();
      for (std::size_t i = 0; i < sample.buckets.size(); ++i) {
        std::string bound;
        append_bound(bound, bound_in_pages(family, i));
        buckets[bound] = below += sample.buckets[i];
      }
      one["count"] = below;
      one["sum"] = in_pages(family, static_cast<double>(sample.sum));
      one["buckets"] = std::move(buckets);
      samples.push_back(std::move(one));
    }
    metrics.push_back({{"name", family.name},
                       {"type", type_word(family.type)},
                       {"help", family.help},
                       {"samples", std::move(samples)}});
  }
  return Json{{"metrics", std::move(metrics)}}.dump();
}

// Which of the two

namespace {

/// 0 to 1000; what is no number is 1000, as if nothing stood there.
int quality_of(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  const std::string_view text = parameters.substr(at + 2);
  double quality = 1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), quality);
  if (error != std::errc() || quality < 0 || quality > 1) return 1000;
  return static_cast<int>(quality * 1000);
}

}  // namespace

bool prefers_open_metrics(std::string_view accept) {
  const std::string header = net::lower_case(accept);
  int open_metrics = 0;
  int text = 0;
  net::for_each_element(header, [&](std::string_view one) {
    const std::string_view type = one.substr(0, one.find_first_of("; "));
    const int quality = quality_of(one.substr(type.size()));
    if (type == "application/openmetrics-text") open_metrics = std::max(open_metrics, quality);
    if (type == "text/plain") text = std::max(text, quality);
  });
  return open_metrics > 0 && open_metrics >= text;
}

}  // namespace throng::services
