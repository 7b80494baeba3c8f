#include "services/metrics/metrics_service.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include "base/metrics.h"
#include "net/peer.h"
#include "services/metrics/exposition.h"

namespace throng::services {
namespace {

std::unique_ptr<MetricsService> opened_metrics(const MetricsSettings& settings) {
  auto service = open_metrics(settings);
  EXPECT_TRUE(service.has_value());
  return *std::move(service);
}

net::HttpResponse ask_metrics(net::Routes& routes, const std::string& path,
                              std::vector<std::pair<std::string, std::string>> headers = {}) {
  std::promise<net::HttpResponse> answer;
  net::HttpRequest request;
  request.method = "GET";
  request.path = path;
  request.headers = std::move(headers);
  routes.handle(std::move(request), [&answer](net::HttpResponse response) { answer.set_value(std::move(response)); });
  return answer.get_future().get();
}

std::string type_of(const net::HttpResponse& response) {
  for (const auto& [name, value] : response.headers)
    if (name == "Content-Type") return value;
  return {};
}

TEST(MetricsService, AnswersInTheFormThatIsAskedFor) {
  const auto service = opened_metrics({});
  net::Routes& routes = *service->routes();
  EXPECT_TRUE(routes.takes("/metrics"));
  EXPECT_TRUE(routes.takes("/metrics.json"));
  EXPECT_FALSE(routes.takes("/metrics/"));
  const net::HttpResponse text = ask_metrics(routes, "/metrics");
  EXPECT_EQ(type_of(text), kPrometheusType);
  EXPECT_NE(text.body.find("\nprocess_resident_memory_bytes "), std::string::npos);
  const net::HttpResponse open = ask_metrics(routes, "/metrics", {{"accept", "application/openmetrics-text"}});
  EXPECT_EQ(type_of(open), kOpenMetricsType);
  EXPECT_TRUE(open.body.ends_with("# EOF\n"));
  EXPECT_EQ(ask_metrics(routes, "/metrics.json").body.front(), '{');
}

TEST(MetricsService, WantsItsToken) {
  const auto service = opened_metrics({.token = "secret"});
  net::Routes& routes = *service->routes();
  EXPECT_EQ(ask_metrics(routes, "/metrics").status, 401);
  EXPECT_EQ(ask_metrics(routes, "/metrics.json", {{"authorization", "Bearer wrong!"}}).status, 401);
  EXPECT_EQ(ask_metrics(routes, "/metrics", {{"authorization", "Bearer secret2"}}).status, 401);
  EXPECT_EQ(ask_metrics(routes, "/metrics", {{"authorization", "bearer secret"}}).status, 200);
}

TEST(MetricsService, HasAPortOfItsOwnWhenToldSo) {
  const auto service = opened_metrics({.port = std::uint16_t{0}, .host = "127.0.0.1"});
  EXPECT_EQ(service->routes(), nullptr);
  const auto get = [&](const std::string& path) {
    net::test::Peer peer(service->port());
    peer.send("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n");
    return peer.read_response();
  };
  EXPECT_EQ(get("/metrics").status, 200);
  EXPECT_EQ(get("/readyz").status, 404);
}

TEST(MetricsService, SaysWhyAPortCannotBeHad) {
  const auto first = opened_metrics({.port = std::uint16_t{0}, .host = "127.0.0.1"});
  const auto second = open_metrics({.port = first->port(), .host = "127.0.0.1"});
  ASSERT_FALSE(second.has_value());
  EXPECT_NE(second.error().message.find(std::to_string(first->port())), std::string::npos);
}

TEST(MetricsService, RefusesWhatTooManyAskAtOnce) {
  const auto service = opened_metrics({});
  net::Routes& routes = *service->routes();
  std::atomic<int> refused = 0;
  std::atomic<int> answered = 0;
  constexpr int kAsked = 4 * static_cast<int>(MetricsService::kWaitingMax);
  for (int i = 0; i < kAsked; ++i) {
    net::HttpRequest request;
    request.method = "GET";
    request.path = "/metrics";
    routes.handle(std::move(request),
                  [&](net::HttpResponse response) { ++(response.status == 503 ? refused : answered); });
  }
  while (refused + answered < kAsked) std::this_thread::yield();
  EXPECT_GE(answered, 1);
}

/// Many read while many count: every page adds up in itself, none goes back, and nothing is lost.
TEST(MetricsService, SurvivesAStormOfScrapes) {
  const auto service = opened_metrics({});
  const HistogramSeries storm = series(Histogram::MatchDuration, {"storm"});
  constexpr int kCounting = 3;
  constexpr int kEach = 50'000;
  std::vector<std::thread> threads;
  for (int i = 0; i < kCounting; ++i) {
    threads.emplace_back([storm] {
      for (int n = 0; n < kEach; ++n) observe(storm, n);
    });
  }
  const auto scraped = [&service] {
    const std::string page = ask_metrics(*service->routes(), "/metrics").body;
    const std::string key = "\nthrong_matchmake_duration_seconds_count{method=\"storm\"} ";
    return std::stoll(page.substr(page.find(key) + key.size(), 20));
  };
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&scraped] {
      long long last = 0;
      for (int n = 0; n < 25; ++n) {
        const long long now = scraped();
        EXPECT_GE(now, last);
        last = now;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(scraped(), kCounting * kEach);
}

}  // namespace
}  // namespace throng::services
