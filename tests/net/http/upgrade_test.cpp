#include "net/http/upgrade.h"

#include <gtest/gtest.h>

namespace throng::net {
namespace {

using VerdictKind = UpgradeVerdict::Kind;

HttpRequest upgrade_request() {
  HttpRequest request;
  request.method = "GET";
  request.headers = {{"upgrade", "WebSocket"},
                     {"connection", "keep-alive, Upgrade"},
                     {"sec-websocket-version", "13"},
                     {"sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="}};
  return request;
}

int refusal(const HttpRequest& request) {
  const UpgradeVerdict verdict = check_upgrade(request);
  return verdict.kind == VerdictKind::Refused ? verdict.status : 0;
}

TEST(Upgrade, AcceptsARightRequest) {
  const UpgradeVerdict verdict = check_upgrade(upgrade_request());
  EXPECT_EQ(verdict.kind, VerdictKind::Accepted);
  EXPECT_EQ(verdict.accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST(Upgrade, LeavesOrdinaryRequestsAlone) {
  HttpRequest request = upgrade_request();
  request.headers[0].second = "h2c";
  EXPECT_EQ(check_upgrade(request).kind, VerdictKind::NotUpgrade);
  request = upgrade_request();
  request.headers[1].second = "keep-alive";
  EXPECT_EQ(check_upgrade(request).kind, VerdictKind::NotUpgrade);
}

TEST(Upgrade, RefusesOtherMethodsAndVersionsOfHttp) {
  HttpRequest request = upgrade_request();
  request.method = "POST";
  EXPECT_EQ(refusal(request), 400);
  request = upgrade_request();
  request.version = 10;
  EXPECT_EQ(refusal(request), 400);
}

TEST(Upgrade, AsksForVersionThirteen) {
  HttpRequest request = upgrade_request();
  request.headers[2].second = "8";
  EXPECT_EQ(refusal(request), 426);
  request.headers.erase(request.headers.begin() + 2);
  EXPECT_EQ(refusal(request), 426);
}

TEST(Upgrade, RefusesKeysThatAreNotSixteenBytes) {
  for (const char* key :
       {"", "short", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZ!==", "dGhlIHNhbXBsZSBub25jZQ==x"}) {
    HttpRequest request = upgrade_request();
    request.headers[3].second = key;
    EXPECT_EQ(refusal(request), 400) << key;
  }
  HttpRequest twice = upgrade_request();
  twice.headers.push_back(twice.headers[3]);
  EXPECT_EQ(refusal(twice), 400);
}

}  // namespace
}  // namespace throng::net
