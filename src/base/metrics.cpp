#include "base/metrics.h"

#include <algorithm>
#include <mutex>

#include "base/counters.h"

namespace throng {
namespace {

constexpr std::int64_t kMicro = 1'000;
constexpr std::int64_t kMilli = 1'000'000;

constexpr std::array<std::int64_t, 14> kTickBounds{
    50 * kMicro, 100 * kMicro, 250 * kMicro, 500 * kMicro, kMilli,       2'500 * kMicro, 5 * kMilli,
    10 * kMilli, 25 * kMilli,  50 * kMilli,  100 * kMilli, 250 * kMilli, 500 * kMilli,   1'000 * kMilli};
constexpr std::array<std::int64_t, 12> kPhaseBounds{5 * kMicro,   10 * kMicro,  50 * kMicro, 100 * kMicro,
                                                    250 * kMicro, 500 * kMicro, kMilli,      2'500 * kMicro,
                                                    5 * kMilli,   10 * kMilli,  25 * kMilli, 100 * kMilli};
constexpr std::array<std::int64_t, 14> kWaitBounds{
    100 * kMicro, 250 * kMicro, 500 * kMicro, kMilli,       2'500 * kMicro, 5 * kMilli,     10 * kMilli,
    25 * kMilli,  50 * kMilli,  100 * kMilli, 250 * kMilli, 1'000 * kMilli, 2'500 * kMilli, 10'000 * kMilli};
constexpr std::array<std::int64_t, 12> kSizeBounds{1, 4, 16, 64, 128, 256, 512, 1'024, 2'048, 4'096, 16'384, 65'536};

constexpr std::span<const std::int64_t> bounds_of(BucketSet set) {
  switch (set) {
    case BucketSet::None: return {};
    case BucketSet::Ticks: return kTickBounds;
    case BucketSet::Phases: return kPhaseBounds;
    case BucketSet::Waits: return kWaitBounds;
    case BucketSet::Sizes: return kSizeBounds;
  }
  return {};
}

#define THRONG_ONE(...) +1
constexpr std::size_t kCounterFamilies = 0 THRONG_COUNTER_FAMILIES(THRONG_ONE);
constexpr std::size_t kGauges = 0 THRONG_GAUGES(THRONG_ONE);
constexpr std::size_t kHistograms = 0 THRONG_HISTOGRAMS(THRONG_ONE);
constexpr std::size_t kComputed = 0 THRONG_COMPUTED(THRONG_ONE);
#undef THRONG_ONE
constexpr std::size_t kFirstGauge = kCounterFamilies;
constexpr std::size_t kFirstHistogram = kFirstGauge + kGauges;
constexpr std::size_t kFirstComputed = kFirstHistogram + kHistograms;
constexpr std::size_t kFamilies = kFirstComputed + kComputed;

constexpr std::array<MetricFamily, kFamilies> kFamilyInfos{{
#define THRONG_INFO(name, metric, labels, series, help) \
  MetricFamily{metric, labels, help, MetricType::Counter, MetricUnit::One, BucketSet::None, series},
    THRONG_COUNTER_FAMILIES(THRONG_INFO)
#undef THRONG_INFO
#define THRONG_INFO(name, metric, labels, series, unit, help) \
  MetricFamily{metric, labels, help, MetricType::Gauge, MetricUnit::unit, BucketSet::None, series},
        THRONG_GAUGES(THRONG_INFO)
#undef THRONG_INFO
#define THRONG_INFO(name, metric, labels, series, buckets, unit, help) \
  MetricFamily{metric, labels, help, MetricType::Histogram, MetricUnit::unit, BucketSet::buckets, series},
            THRONG_HISTOGRAMS(THRONG_INFO)
#undef THRONG_INFO
#define THRONG_INFO(name, type, metric, labels, help) \
  MetricFamily{metric, labels, help, MetricType::type, MetricUnit::One, BucketSet::None, 0, true},
                THRONG_COMPUTED(THRONG_INFO)
#undef THRONG_INFO
}};

/// Cells of one series: its number, or its buckets, the one above them, and the sum.
constexpr std::uint32_t cells_per_series(const MetricFamily& info) {
  return info.type == MetricType::Histogram ? static_cast<std::uint32_t>(bounds_of(info.buckets).size()) + 2 : 1;
}

/// Series in its block: those that are bounded, and `other`. One without labels needs no other.
constexpr std::uint32_t series_places(const MetricFamily& info) {
  if (info.computed) return 0;
  return info.labels.empty() ? 1 : info.series_max + 1;
}

/// Cell 0 is nobody's, the counters follow, then the families.
constexpr std::array<std::uint32_t, kFamilies + 1> kBlocks = [] {
  std::array<std::uint32_t, kFamilies + 1> begins{};
  std::uint32_t at = 1 + kCounterCount;
  for (std::size_t i = 0; i < kFamilies; ++i) {
    begins[i] = at;
    at += series_places(kFamilyInfos[i]) * cells_per_series(kFamilyInfos[i]);
  }
  begins[kFamilies] = at;
  return begins;
}();
static_assert(kBlocks[kFamilies] <= cells::kCells, "cells::kCells is too small for all families");

using Labels = std::vector<std::pair<std::string, std::string>>;

struct SeriesExemplars {
  std::uint32_t cell = 0;
  std::vector<Exemplar> of_bucket;
};

struct MetricRegistry {
  std::mutex mutex;
  std::array<std::vector<Labels>, kFamilies> series;  // bound: series_max, and `other`
  std::vector<SeriesExemplars> exemplars;             // bound: series of histograms
};

/// Never destroyed, as the rows of the cells.
MetricRegistry& metric_registry() {
  static MetricRegistry& instance = *new MetricRegistry;
  return instance;
}

class LiveSource;
struct LiveSources {
  std::mutex mutex;
  std::vector<LiveSource*> live;  // bound: parts of the program that add one
};

LiveSources& computed_sources() {
  static LiveSources& instance = *new LiveSources;
  return instance;
}

class LiveSource final : public ComputedSource {
 public:
  explicit LiveSource(std::function<void(ComputedReport&)> look_up) : look_up_(std::move(look_up)) {
    const std::lock_guard lock(computed_sources().mutex);
    computed_sources().live.push_back(this);
  }
  ~LiveSource() override {
    const std::lock_guard lock(computed_sources().mutex);
    std::erase(computed_sources().live, this);
  }
  void look_up(ComputedReport& report) const { look_up_(report); }

 private:
  const std::function<void(ComputedReport&)> look_up_;
};

bool is_word(std::string_view value) {
  constexpr std::string_view kMarks = "_./:{}-";
  if (value.empty() || value.size() > 64) return false;
  return std::all_of(value.begin(), value.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kMarks.find(c) != std::string_view::npos;
  });
}

std::string_view take_name(std::string_view& names) {
  const std::string_view name = names.substr(0, names.find(','));
  names.remove_prefix(std::min(names.size(), name.size() + 1));
  return name;
}

Labels labels_of(const MetricFamily& info, LabelValues values) {
  Labels labels;
  std::string_view names = info.labels;
  for (const std::string_view value : values)
    labels.emplace_back(take_name(names), is_word(value) ? std::string(value) : "other");
  return labels;
}

Labels other_labels(const MetricFamily& info) {
  Labels labels;
  for (std::string_view names = info.labels; !names.empty();) labels.emplace_back(take_name(names), "other");
  return labels;
}

/// The first cell of the series. The last place of a family's block is for `other`.
std::uint32_t cell_of(std::size_t family, LabelValues values) {
  const MetricFamily& info = kFamilyInfos[family];
  const std::lock_guard lock(metric_registry().mutex);
  std::vector<Labels>& known = metric_registry().series[family];
  Labels labels = labels_of(info, values);
  auto found = std::find(known.begin(), known.end(), labels);
  if (found == known.end()) {
    if (known.size() >= info.series_max) labels = other_labels(info);
    found = std::find(known.begin(), known.end(), labels);
    if (found == known.end()) found = known.insert(known.end(), std::move(labels));
  }
  return kBlocks[family] + static_cast<std::uint32_t>(found - known.begin()) * cells_per_series(info);
}

constexpr std::size_t number_of(CounterFamily family) { return static_cast<std::size_t>(family); }
constexpr std::size_t number_of(Gauge family) { return kFirstGauge + static_cast<std::size_t>(family); }
constexpr std::size_t number_of(Histogram family) { return kFirstHistogram + static_cast<std::size_t>(family); }

std::size_t bucket_of(std::span<const std::int64_t> bounds, std::int64_t value) {
  std::size_t bucket = 0;
  while (bucket < bounds.size() && value > bounds[bucket]) ++bucket;
  return bucket;
}

}  // namespace

std::span<const std::int64_t> bucket_bounds(BucketSet set) { return bounds_of(set); }

std::span<const MetricFamily> metric_families() {
  static const std::vector<MetricFamily> all = [] {
    std::vector<MetricFamily> list;
    for (std::size_t i = 0; i < kCounterCount; ++i) {
      const CounterInfo& info = counter_info(static_cast<Counter>(i));
      list.push_back({.name = info.metric, .labels = {}, .help = info.help, .fixed_labels = info.labels});
    }
    list.insert(list.end(), kFamilyInfos.begin(), kFamilyInfos.end());
    return list;
  }();
  return all;
}

CounterSeries series(CounterFamily family, LabelValues values) { return {cell_of(number_of(family), values)}; }
GaugeSeries series(Gauge family, LabelValues values) { return {cell_of(number_of(family), values)}; }
HistogramSeries series(Histogram family, LabelValues values) {
  return {cell_of(number_of(family), values), kFamilyInfos[number_of(family)].buckets};
}

void shift(Gauge gauge, std::int64_t by) { shift(GaugeSeries{kBlocks[number_of(gauge)]}, by); }

void observe(HistogramSeries series, std::int64_t value) {
  const std::span<const std::int64_t> bounds = bounds_of(series.buckets);
  value = std::max<std::int64_t>(value, 0);
  cells::add(series.cell + static_cast<std::uint32_t>(bucket_of(bounds, value)), 1);
  cells::add(series.cell + static_cast<std::uint32_t>(bounds.size()) + 1, static_cast<std::uint64_t>(value));
}

void observe(Histogram histogram, std::int64_t value) {
  const std::size_t number = number_of(histogram);
  observe(HistogramSeries{kBlocks[number], kFamilyInfos[number].buckets}, value);
}

void set_exemplar(HistogramSeries series, std::int64_t value, std::string_view trace_id, std::int64_t unix_ms) {
  const bool is_hex = trace_id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (series.cell == 0 || trace_id.size() != 32 || !is_hex) return;
  const std::span<const std::int64_t> bounds = bounds_of(series.buckets);
  const std::lock_guard lock(metric_registry().mutex);
  std::vector<SeriesExemplars>& all = metric_registry().exemplars;
  auto own = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.cell == series.cell; });
  if (own == all.end()) own = all.insert(all.end(), {series.cell, std::vector<Exemplar>(bounds.size() + 1)});
  own->of_bucket[bucket_of(bounds, value)] = {std::string(trace_id), value, unix_ms};
}

std::unique_ptr<ComputedSource> add_computed_source(std::function<void(ComputedReport&)> look_up) {
  return std::make_unique<LiveSource>(std::move(look_up));
}

// Reading

namespace {

using Totals = std::vector<std::uint64_t>;

void read_counters(const Totals& totals, std::vector<MetricReading>& readings) {
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    const MetricFamily& family = metric_families()[i];
    if (readings.empty() || readings.back().family->name != family.name) readings.push_back({&family, {}});
    MetricSample& sample = readings.back().samples.emplace_back();
    sample.value = static_cast<double>(totals[1 + i]);
    const std::size_t equals = family.fixed_labels.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view value = family.fixed_labels.substr(equals + 2);  // past ="
    sample.labels.emplace_back(family.fixed_labels.substr(0, equals), value.substr(0, value.size() - 1));
  }
}

void fill_histogram(const MetricFamily& info, std::uint32_t cell, const Totals& totals, MetricSample& sample) {
  const std::size_t buckets = bounds_of(info.buckets).size() + 1;
  const auto first = totals.begin() + cell;
  sample.buckets.assign(first, first + static_cast<std::ptrdiff_t>(buckets));
  sample.sum = totals[cell + buckets];
  for (const SeriesExemplars& exemplars : metric_registry().exemplars) {
    if (exemplars.cell == cell) sample.exemplars = exemplars.of_bucket;
  }
}

/// With the registry locked.
void read_family(std::size_t number, const Totals& totals, MetricReading& reading) {
  const MetricFamily& info = kFamilyInfos[number];
  const std::vector<Labels>& known = metric_registry().series[number];
  const std::size_t shown = info.labels.empty() ? 1 : known.size();
  for (std::size_t i = 0; i < shown; ++i) {
    const std::uint32_t cell = kBlocks[number] + static_cast<std::uint32_t>(i) * cells_per_series(info);
    MetricSample& sample = reading.samples.emplace_back();
    if (i < known.size()) sample.labels = known[i];
    if (info.type == MetricType::Histogram) {
      fill_histogram(info, cell, totals, sample);
    } else if (info.type == MetricType::Gauge) {
      sample.value = static_cast<double>(static_cast<std::int64_t>(totals[cell]));
    } else {
      sample.value = static_cast<double>(totals[cell]);
    }
  }
}

class ReadingReport final : public ComputedReport {
 public:
  explicit ReadingReport(std::span<MetricReading> computed) : computed_(computed) {}
  void set(Computed family, LabelValues values, double value) override {
    MetricReading& reading = computed_[static_cast<std::size_t>(family)];
    MetricSample sample;
    sample.labels = labels_of(*reading.family, values);
    sample.value = value;
    std::erase_if(reading.samples, [&](const MetricSample& old) { return old.labels == sample.labels; });
    reading.samples.push_back(std::move(sample));
  }

 private:
  std::span<MetricReading> computed_;
};

void ask_sources(std::span<MetricReading> computed) {
  ReadingReport report(computed);
  const std::lock_guard lock(computed_sources().mutex);
  for (const LiveSource* source : computed_sources().live) source->look_up(report);
}

}  // namespace

std::vector<MetricReading> read_metrics() {
  const Totals totals = cells::sum_all();
  std::vector<MetricReading> readings;
  read_counters(totals, readings);
  const std::size_t first = readings.size();
  for (std::size_t i = 0; i < kFamilies; ++i) readings.push_back({&metric_families()[kCounterCount + i], {}});
  {
    const std::lock_guard lock(metric_registry().mutex);
    for (std::size_t i = 0; i < kFirstComputed; ++i) read_family(i, totals, readings[first + i]);
  }
  ask_sources(std::span(readings).subspan(first + kFirstComputed));
  return readings;
}

}  // namespace throng
