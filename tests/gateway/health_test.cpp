#include "gateway/health.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace throng::gateway {
namespace {

using nlohmann::json;

const std::vector<HealthPart> kWell{{"store", ""}, {"workers", ""}};
const std::vector<HealthPart> kIll{{"store", ""}, {"workers", "worker 1: it sleeps"}};

TEST(HealthResponse, IsOneWordWhenAllIsWell) {
  const net::HttpResponse answer = health_response(kWell, "");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "OK");
}

TEST(HealthResponse, NamesWhatIsWrong) {
  EXPECT_EQ(health_response(kIll, "*/*").status, 503);
  EXPECT_EQ(health_response(kIll, "*/*").body, "workers: worker 1: it sleeps\n");
  const json body = json::parse(health_response(kIll, "application/json").body);
  EXPECT_EQ(body.at("healthy"), false);
  EXPECT_EQ(body.at("components").at("workers").at("reason"), "worker 1: it sleeps");
}

TEST(ReadinessResponse, TellsOfEveryComponent) {
  const json well = json::parse(readiness_response(kWell, "*/*").body);
  EXPECT_EQ(well,
            json::parse(R"({"ready":true,"reasons":[],"components":{"store":{"ok":true},"workers":{"ok":true}}})"));
  const net::HttpResponse ill = readiness_response(kIll, "");
  EXPECT_EQ(ill.status, 503);
  EXPECT_EQ(json::parse(ill.body).at("reasons"), json::parse(R"(["workers"])"));
  EXPECT_EQ(readiness_response(kIll, "text/plain").body, "workers: worker 1: it sleeps\n");
  EXPECT_EQ(readiness_response(kWell, "text/plain").body, "OK");
}

}  // namespace
}  // namespace throng::gateway
