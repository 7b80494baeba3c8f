#include "services/metrics/exposition.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace throng::services {
namespace {

constexpr MetricFamily kDrops{.name = "throng_drops_total", .labels = "rarity", .help = "Drops that appeared"};
constexpr MetricFamily kRooms{
    .name = "throng_rooms", .labels = "room", .help = "Rooms that exist", .type = MetricType::Gauge};
constexpr MetricFamily kDuration{.name = "throng_tick_duration_seconds",
                                 .labels = "room",
                                 .help = "Time of a tick",
                                 .type = MetricType::Histogram,
                                 .unit = MetricUnit::Nanos,
                                 .buckets = BucketSet::Ticks};

class ExpositionTest : public ::testing::Test {
 protected:
  ExpositionTest() {
    readings.push_back({&kDrops, {{.labels = {{"rarity", "epic"}}, .value = 12'345'678}}});
    readings.push_back({&kRooms, {{.labels = {{"room", "world"}}, .value = 2}}});
    MetricSample ticks{.labels = {{"room", "world"}}};
    ticks.buckets.assign(bucket_bounds(BucketSet::Ticks).size() + 1, 0);
    ticks.buckets[4] = 3;  // up to 1 ms
    ticks.buckets.back() = 1;
    ticks.sum = 2'500'000'000;
    ticks.exemplars.resize(ticks.buckets.size());
    ticks.exemplars[4] = {std::string(32, 'a'), 800'000, 1'700'000'000'250};
    readings.push_back({&kDuration, {ticks}});
    readings.push_back({&kRooms, {}});
  }
  static void expect_line(const std::string& page, const std::string& line) {
    EXPECT_NE(("\n" + page).find("\n" + line + "\n"), std::string::npos) << line << " is not in\n" << page;
  }

  std::vector<MetricReading> readings;
};

TEST_F(ExpositionTest, PrometheusTextHasEachSample) {
  const std::string page = prometheus_text(readings);
  expect_line(page, "# HELP throng_drops_total Drops that appeared");
  expect_line(page, "# TYPE throng_drops_total counter");
  expect_line(page, "throng_drops_total{rarity=\"epic\"} 12345678");
  expect_line(page, "throng_rooms{room=\"world\"} 2");
  expect_line(page, "throng_tick_duration_seconds_bucket{room=\"world\",le=\"0.001\"} 3");
  expect_line(page, "throng_tick_duration_seconds_bucket{room=\"world\",le=\"+Inf\"} 4");
  expect_line(page, "throng_tick_duration_seconds_count{room=\"world\"} 4");
  expect_line(page, "throng_tick_duration_seconds_sum{room=\"world\"} 2.5");
  EXPECT_EQ(page.find("trace_id"), std::string::npos);
}

TEST_F(ExpositionTest, OpenMetricsHasExemplarsAndAnEnd) {
  const std::string page = open_metrics_text(readings);
  expect_line(page, "# TYPE throng_drops counter");
  expect_line(page, "throng_drops_total{rarity=\"epic\"} 12345678");
  expect_line(page, "# UNIT throng_tick_duration_seconds seconds");
  expect_line(page, "throng_tick_duration_seconds_bucket{room=\"world\",le=\"0.001\"} 3 # {trace_id=\"" +
                        std::string(32, 'a') + "\"} 0.0008 1700000000.25");
  expect_line(page, "throng_tick_duration_seconds_bucket{room=\"world\",le=\"1.0\"} 3");
  EXPECT_TRUE(page.ends_with("\n# EOF\n"));
}

TEST_F(ExpositionTest, JsonSaysTheSame) {
  const auto page = nlohmann::json::parse(metrics_json(readings));
  ASSERT_EQ(page.at("metrics").size(), 3u) << "a family without series is left out";
  EXPECT_EQ(page["metrics"][0]["samples"][0]["labels"]["rarity"], "epic");
  EXPECT_EQ(page["metrics"][0]["samples"][0]["value"], 12'345'678);
  const auto& ticks = page["metrics"][2]["samples"][0];
  EXPECT_EQ(ticks["count"], 4);
  EXPECT_EQ(ticks["sum"], 2.5);
  EXPECT_EQ(ticks["buckets"]["0.001"], 3);
  EXPECT_EQ(ticks["buckets"]["+Inf"], 4);
}

TEST(Exposition, ShowsEverythingThatIsReadNow) {
  const std::vector<MetricReading> readings = read_metrics();
  const std::string page = prometheus_text(readings);
  EXPECT_NE(page.find("throng_messages_rejected_total{reason=\"flood\"} "), std::string::npos);
  EXPECT_NE(page.find("throng_patch_size_bytes_bucket{le=\"1\"} "), std::string::npos);
}

TEST(Exposition, PrefersWhatTheScraperPrefers) {
  EXPECT_FALSE(prefers_open_metrics(""));
  EXPECT_FALSE(prefers_open_metrics("*/*"));
  EXPECT_FALSE(prefers_open_metrics("text/plain"));
  EXPECT_TRUE(prefers_open_metrics("application/openmetrics-text; version=1.0.0"));
  EXPECT_TRUE(
      prefers_open_metrics("application/openmetrics-text;version=1.0.0,application/openmetrics-text;"
                           "version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"));
  EXPECT_FALSE(prefers_open_metrics("text/plain;version=0.0.4;q=0.9, application/openmetrics-text;q=0.4"));
  EXPECT_FALSE(prefers_open_metrics("application/openmetrics-text;q=0, text/plain;q=0"));
}

}  // namespace
}  // namespace throng::services
