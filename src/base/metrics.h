#pragma once
// Gauges, distributions and counters with labels, counted as counters.h does: a cell per thread, summed when somebody asks.
// The lists are in metric_families.h. Get a series once, where its owner is made; counting on it is a few nanoseconds.

#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/metric_cells.h"
#include "base/metric_families.h"

namespace throng {

enum class CounterFamily : std::uint8_t {
#define THRONG_ENUM(name, metric, labels, series, help) name,
  THRONG_COUNTER_FAMILIES(THRONG_ENUM)
#undef THRONG_ENUM
};
enum class Gauge : std::uint8_t {
#define THRONG_ENUM(name, metric, labels, series, unit, help) name,
  THRONG_GAUGES(THRONG_ENUM)
#undef THRONG_ENUM
};
enum class Histogram : std::uint8_t {
#define THRONG_ENUM(name, metric, labels, series, buckets, unit, help) name,
  THRONG_HISTOGRAMS(THRONG_ENUM)
#undef THRONG_ENUM
};
enum class Computed : std::uint8_t {
#define THRONG_ENUM(name, type, metric, labels, help) name,
  THRONG_COMPUTED(THRONG_ENUM)
#undef THRONG_ENUM
};

/// The lists by enumerator; a family with more than one number per series has a block of cells for each.
enum class MetricType : std::uint8_t { Counter, Gauge, Histogram };
/// What integers count; pages show nanoseconds as seconds.
enum class MetricUnit : std::uint8_t { One, Nanos };
enum class BucketSet : std::uint8_t { None, Ticks, Phases, Waits, Sizes };

/// Upper bounds, inclusive, ascending; one more bucket is for what is above.
std::span<const std::int64_t> bucket_bounds(BucketSet set);

struct MetricFamily {
  std::string_view name;
  std::string_view labels;  ///< names, with commas between them; empty: one series without labels
  std::string_view help;
  MetricType type = MetricType::Counter;
  MetricUnit unit = MetricUnit::One;
  BucketSet buckets = BucketSet::None;
  std::uint32_t series_max = 1;
  bool computed = false;  ///< looked up at each scrape; its owner bounds its series
  /// Plain counters carry their labels' values along: `reason="limit"`.
  std::string_view fixed_labels = {};
};

/// Every family there is, plain counters first (one entry for each label value of these), in the order of the pages.
std::span<const MetricFamily> metric_families();

// ---- counting --------------------------------------------------------------------------------------------------

/// Names one series. A default one counts into a cell that nobody reads. Copies are free.
struct CounterSeries {
  std::uint32_t cell = 0;
};
struct GaugeSeries {
  std::uint32_t cell = 0;
};
struct HistogramSeries {
  std::uint32_t cell = 0;
  BucketSet buckets = BucketSet::None;
};

using LabelValues = std::initializer_list<std::string_view>;

/// The series with these values, one for each label; made when it is not there, and then shown with zero. Beyond the
/// family's bound, and for values that are no words ([A-Za-z0-9_./:{}-], 1 to 64), it is the one called `other`.
/// Any thread; takes a lock and may allocate: where owners are made, not where they work.
CounterSeries series(CounterFamily family, LabelValues values);
GaugeSeries series(Gauge family, LabelValues values);
HistogramSeries series(Histogram family, LabelValues values);

/// Adds on the calling thread. Any thread; no lock, no allocation once the thread has counted anything.
inline void count(CounterSeries series, std::uint64_t by = 1) { cells::add(series.cell, by); }
/// Moves a gauge. Whoever moves it up moves it down again; the sum over all threads is the value.
inline void shift(GaugeSeries series, std::int64_t by) { cells::add(series.cell, static_cast<std::uint64_t>(by)); }
void shift(Gauge gauge, std::int64_t by);

/// Files one value, in the family's integer unit; negative is zero.
void observe(HistogramSeries series, std::int64_t value);
void observe(Histogram histogram, std::int64_t value);

/// Remembers where a value came from: shown beside its bucket in OpenMetrics. The newest of each bucket is kept. A lock for a
/// moment: for what is rare, such as slow ticks.
/// @param trace_id  32 lower-case hexadecimal digits; anything else is left out
void set_exemplar(HistogramSeries series, std::int64_t value, std::string_view trace_id, std::int64_t unix_ms);

// ---- what is looked up -----------------------------------------------------------------------------------------

/// Where a source puts what it looked up.
class ComputedReport {
 public:
  virtual ~ComputedReport() = default;
  virtual void set(Computed family, LabelValues values, double value) = 0;
};

/// Ends the source when destroyed; waits for a scrape that is asking it.
class ComputedSource {
 public:
  virtual ~ComputedSource() = default;
};
/// @param look_up  called at each scrape, on its thread; must not block for long, and must not add or end sources
[[nodiscard]] std::unique_ptr<ComputedSource> add_computed_source(std::function<void(ComputedReport&)> look_up);

// ---- reading ---------------------------------------------------------------------------------------------------

struct Exemplar {
  std::string trace_id;  ///< empty: none
  std::int64_t value = 0;
  std::int64_t unix_ms = 0;
};

struct MetricSample {
  std::vector<std::pair<std::string, std::string>> labels = {};
  double value = 0;  ///< of counters and gauges
  std::vector<std::uint64_t> buckets = {};  ///< of histograms: each by itself, the last is above all bounds
  std::uint64_t sum = 0;  ///< in the family's integer unit
  std::vector<Exemplar> exemplars = {};  ///< as many as buckets, or none
};

struct MetricReading {
  const MetricFamily* family = nullptr;  ///< the first of its name
  std::vector<MetricSample> samples;
};

/// Everything there is, family by family. Any thread; no writer waits for it.
std::vector<MetricReading> read_metrics();

}  // namespace throng
