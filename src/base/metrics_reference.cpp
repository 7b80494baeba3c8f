#include "base/metrics_reference.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/metrics.h"

namespace throng {
namespace {

constexpr const char* kReferenceHead = R"(# Metrics

<!-- Written by `./dev gen` from src/base/counters.h and src/base/metric_families.h. -->

`GET /metrics` gives them to Prometheus, as text 0.0.4 or, when asked for, as OpenMetrics 1.0 with exemplars: a bucket of
`throng_tick_duration_seconds` names the trace of a slow tick in it. `GET /metrics.json` is the same for people.
[operations.md](operations.md) says what to watch.

* Names begin with `throng_`, but for those of the process, which every client library calls alike.
* Units are seconds and bytes. `_total` only ever grows until the process ends.
* Labels are words of the program or of its configuration: never a player, a room's id or free text. Each has a bound;
  beyond it the value is `other`. `room` is a room's name in `rooms.json`.
* Counting costs a few nanoseconds on the thread that counts; pages are made on a thread of their own.

Who may read them, and where, is `metrics` in [server.json](configuration.md): a port of their own, and a bearer token.
Recording rules, alerts and dashboards are in `deploy/`.

)";

std::string_view type_in_words(MetricType type) {
  switch (type) {
    case MetricType::Counter: return "counter";
    case MetricType::Gauge: return "gauge";
    case MetricType::Histogram: return "histogram";
  }
  return "";
}

std::string_view unit_in_words(const MetricFamily& family) {
  for (const std::string_view unit : {"seconds", "bytes", "points", "coins", "ticks"}) {
    std::string_view name = family.name;
    if (name.ends_with("_total")) name.remove_suffix(6);
    if (name.ends_with(unit)) return unit;
  }
  return "";
}

/// Names of labels; plain counters carry their values along, which are told too.
std::string labels_in_words(std::size_t first, std::size_t end) {
  const std::span<const MetricFamily> all = metric_families();
  if (all[first].fixed_labels.empty()) {
    std::string words;
    for (const char c : all[first].labels) words += c == ',' ? std::string("`, `") : std::string(1, c);
    return words.empty() ? words : "`" + words + "`";
  }
  const std::string_view label = all[first].fixed_labels.substr(0, all[first].fixed_labels.find('='));
  std::string words = fmt::format("`{}`: ", label);
  for (std::size_t i = first; i < end; ++i) {
    const std::string_view value = all[i].fixed_labels.substr(label.size() + 2);
    words += fmt::format("{}{}", i == first ? "" : ", ", value.substr(0, value.size() - 1));
  }
  return words;
}

}  // namespace

std::string metrics_reference() {
  std::string page = kReferenceHead;
  page += "| metric | type | unit | labels | meaning |\n|---|---|---|---|---|\n";
  const std::span<const MetricFamily> all = metric_families();
  for (std::size_t i = 0; i < all.size();) {
    std::size_t end = i + 1;
    while (end < all.size() && all[end].name == all[i].name) ++end;
    page += fmt::format("| `{}` | {} | {} | {} | {} |\n", all[i].name, type_in_words(all[i].type),
                        unit_in_words(all[i]), labels_in_words(i, end), all[i].help);
    i = end;
  }
  return page;
}

}  // namespace throng
