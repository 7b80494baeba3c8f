#include "base/metrics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <thread>

#include "base/counters.h"

namespace throng {
namespace {

const MetricReading& reading_of(const std::vector<MetricReading>& readings, std::string_view name) {
  const auto found =
      std::find_if(readings.begin(), readings.end(), [&](const auto& one) { return one.family->name == name; });
  EXPECT_NE(found, readings.end()) << name;
  return *found;
}

/// The sample with these values of labels; a default one when there is none.
MetricSample sample_of(std::string_view name, const std::vector<std::string>& values) {
  const std::vector<MetricReading> readings = read_metrics();
  for (const MetricSample& sample : reading_of(readings, name).samples) {
    std::vector<std::string> own;
    for (const auto& [label, value] : sample.labels) own.push_back(value);
    if (own == values) return sample;
  }
  ADD_FAILURE() << name << " has no such series";
  return {};
}

TEST(Metrics, CountersWithLabelsAddUpPerSeries) {
  const CounterSeries epic = series(CounterFamily::Drops, {"epic"});
  const double before = sample_of("throng_drops_total", {"epic"}).value;
  count(epic, 2);
  std::thread([epic] { count(epic); }).join();
  count(series(CounterFamily::Drops, {"rare"}));
  EXPECT_EQ(sample_of("throng_drops_total", {"epic"}).value, before + 3);
}

TEST(Metrics, ASeriesIsShownWithZeroAsSoonAsItIsKnown) {
  static_cast<void>(series(CounterFamily::Deaths, {"npc"}));
  EXPECT_EQ(sample_of("throng_deaths_total", {"npc"}).value, 0);
}

TEST(Metrics, GaugesGoDownOnAnotherThreadThanUp) {
  const GaugeSeries rooms = series(Gauge::Rooms, {"here"});
  shift(rooms, 3);
  std::thread([rooms] { shift(rooms, -2); }).join();
  EXPECT_EQ(sample_of("throng_rooms", {"here"}).value, 1);
  shift(rooms, -2);
  EXPECT_EQ(sample_of("throng_rooms", {"here"}).value, -1);
  shift(rooms, 1);
}

TEST(Metrics, ValuesFallIntoTheBucketWhoseBoundTheyDoNotExceed) {
  const std::span<const std::int64_t> bounds = bucket_bounds(BucketSet::Waits);
  const HistogramSeries own = series(Histogram::MatchDuration, {"bounds"});
  observe(own, bounds[0]);
  observe(own, bounds[0] + 1);
  observe(own, bounds.back());
  observe(own, bounds.back() + 1);
  observe(own, -5);
  const MetricSample sample = sample_of("throng_matchmake_duration_seconds", {"bounds"});
  EXPECT_EQ(sample.buckets[0], 2u) << "what is negative is zero";
  EXPECT_EQ(sample.buckets[1], 1u);
  EXPECT_EQ(sample.buckets[bounds.size() - 1], 1u);
  EXPECT_EQ(sample.buckets[bounds.size()], 1u);
  EXPECT_EQ(sample.sum, static_cast<std::uint64_t>(2 * bounds[0] + 1 + 2 * bounds.back() + 1));
}

TEST(Metrics, BeyondItsBoundAFamilyCallsSeriesOther) {
  const auto family = std::find_if(metric_families().begin(), metric_families().end(),
                                   [](const MetricFamily& one) { return one.name == "throng_kills_total"; });
  for (std::uint32_t i = 0; i < family->series_max + 20; ++i) {
    count(series(CounterFamily::Kills, {"beast" + std::to_string(i)}));
  }
  const std::vector<MetricReading> readings = read_metrics();
  EXPECT_EQ(reading_of(readings, "throng_kills_total").samples.size(), family->series_max + 1);
  EXPECT_GE(sample_of("throng_kills_total", {"other"}).value, 20);
  EXPECT_EQ(sample_of("throng_kills_total", {"beast0"}).value, 1);
}

TEST(Metrics, ValuesThatAreNoWordsAreOther) {
  const CounterSeries quote = series(CounterFamily::HttpByRoute, {"a\"} 1\n"});
  EXPECT_EQ(quote.cell, series(CounterFamily::HttpByRoute, {"other"}).cell);
  EXPECT_EQ(quote.cell, series(CounterFamily::HttpByRoute, {""}).cell);
  EXPECT_EQ(quote.cell, series(CounterFamily::HttpByRoute, {std::string(65, 'a')}).cell);
  EXPECT_NE(quote.cell, series(CounterFamily::HttpByRoute, {"/auth/{provider}"}).cell);
}

TEST(Metrics, ADefaultSeriesHarmsNobody) {
  count(CounterSeries{});
  shift(GaugeSeries{}, 1);
  observe(HistogramSeries{}, 1);
  set_exemplar(HistogramSeries{}, 1, std::string(32, 'a'), 1);
}

TEST(Metrics, KeepTheNewestExemplarOfEachBucket) {
  const HistogramSeries own = series(Histogram::MatchDuration, {"exemplars"});
  set_exemplar(own, 1, std::string(32, 'a'), 1000);
  set_exemplar(own, 2, std::string(32, 'b'), 2000);
  set_exemplar(own, 3, "not a trace", 3000);
  const MetricSample sample = sample_of("throng_matchmake_duration_seconds", {"exemplars"});
  ASSERT_EQ(sample.exemplars.size(), sample.buckets.size());
  EXPECT_EQ(sample.exemplars[0].trace_id, std::string(32, 'b'));
  EXPECT_EQ(sample.exemplars[0].unix_ms, 2000);
  EXPECT_TRUE(sample.exemplars[1].trace_id.empty());
}

TEST(Metrics, SourcesAreAskedAtEachReadingUntilTheyEnd) {
  double version = 7;
  auto source =
      add_computed_source([&version](ComputedReport& report) { report.set(Computed::ContentVersion, {}, version); });
  EXPECT_EQ(sample_of("throng_content_version", {}).value, 7);
  version = 8;
  EXPECT_EQ(sample_of("throng_content_version", {}).value, 8);
  source.reset();
  const std::vector<MetricReading> readings = read_metrics();
  EXPECT_TRUE(reading_of(readings, "throng_content_version").samples.empty());
}

TEST(Metrics, NamesFollowTheRulesOfPrometheus) {
  std::set<std::string_view> names;
  std::string_view before;
  for (const MetricFamily& family : metric_families()) {
    const std::string_view name = family.name;
    EXPECT_TRUE(name.starts_with("throng_") || name.starts_with("process_")) << name;
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string_view::npos) << name;
    EXPECT_EQ(name.ends_with("_total"), family.type == MetricType::Counter) << name;
    if (family.unit == MetricUnit::Nanos) {
      EXPECT_TRUE(name.ends_with("_seconds")) << name;
    }
    EXPECT_EQ(family.help.find('\n'), std::string_view::npos) << name;
    if (name != before) {
      EXPECT_TRUE(names.insert(name).second) << name << " is in two places";
      EXPECT_FALSE(family.help.empty()) << name;
    }
    before = name;
  }
}

/// The whole set of labels. To add one, ask yourself: can its values ever name a player, a room or what somebody typed?
TEST(Metrics, LabelsAreTheseAndNoOthers) {
  const std::set<std::string> allowed{"room",     "type",    "method", "outcome", "route",  "status",  "trouble",
                                      "kind",     "source",  "target", "skill",   "victim", "monster", "rarity",
                                      "state",    "channel", "from",   "to",      "phase",  "worker",  "version",
                                      "compiler", "reason",  "result", "change",  "code",   "by"};
  for (const MetricFamily& family : metric_families()) {
    std::string names(family.labels);
    if (!family.fixed_labels.empty()) names = family.fixed_labels.substr(0, family.fixed_labels.find('='));
    for (std::size_t at = 0; at < names.size();) {
      const std::size_t end = std::min(names.find(',', at), names.size());
      EXPECT_TRUE(allowed.contains(names.substr(at, end - at))) << family.name << ": " << names;
      at = end + 1;
    }
  }
}

}  // namespace
}  // namespace throng
