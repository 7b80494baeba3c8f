#include "net/cors.h"

#include <gmock/gmock.h>

namespace throng::net {
namespace {

using testing::Contains;
using testing::Pair;

TEST(Cors, EchoesTheOriginBecauseBrowsersRefuseTheStarWithCredentials) {
  HttpResponse response;
  add_cors_headers(response, "https://game.example");
  EXPECT_THAT(response.headers, Contains(Pair("Access-Control-Allow-Origin", "https://game.example")));
  EXPECT_THAT(response.headers, Contains(Pair("Access-Control-Allow-Credentials", "true")));
  EXPECT_THAT(response.headers, Contains(Pair("Vary", "Origin")));
}

TEST(Cors, SaysEverybodyWithoutAnOrigin) {
  HttpResponse response;
  add_cors_headers(response, "");
  EXPECT_THAT(response.headers, Contains(Pair("Access-Control-Allow-Origin", "*")));
}

}  // namespace
}  // namespace throng::net
