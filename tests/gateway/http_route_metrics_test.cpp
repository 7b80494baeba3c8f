#include "gateway/http_route_metrics.h"

#include <gtest/gtest.h>

namespace throng::gateway {
namespace {

TEST(HttpRouteMetrics, NamesPathsByTheirPartOfTheProgram) {
  EXPECT_EQ(http_route("/matchmake/joinOrCreate/world"), "matchmake");
  EXPECT_EQ(http_route("/auth/login"), "auth");
  EXPECT_EQ(http_route("/authors"), "other");
  EXPECT_EQ(http_route("/api/v1/characters/17"), "characters");
  EXPECT_EQ(http_route("/metrics.json"), "metrics");
  EXPECT_EQ(http_route("/"), "page");
  EXPECT_EQ(http_route("/what/somebody/typed"), "other");
}

TEST(HttpRouteMetrics, KnowsOnlyCodesThatMeanSomething) {
  EXPECT_EQ(close_code_word(1006), "1006");
  EXPECT_EQ(close_code_word(4002), "4002");
  EXPECT_EQ(close_code_word(3017), "other");
}

}  // namespace
}  // namespace throng::gateway
