#include "services/profile/profile_routes.h"

#include <future>

#include <gtest/gtest.h>

#include "services/profile/cpu_sampler.h"

namespace throng::services {
namespace {

/// Tokens are the names of roles.
class RoleVerifier final : public TokenVerifier {
 public:
  void verify(std::string token, std::function<void(TokenHolder)> done) override {
    TokenHolder holder;
    if (token == "player" || token == "administrator") holder.verdict = TokenVerdict::Valid;
    if (token == "barred") holder = {TokenVerdict::Barred, {}, {}, 0, "until tomorrow"};
    if (token == "away") holder.verdict = TokenVerdict::Away;
    if (token == "administrator") holder.role = kAdministratorRole;
    done(std::move(holder));
  }
};

class ProfileRoutesTest : public ::testing::Test {
 protected:
  net::HttpResponse ask(const std::string& method, const std::string& path, const std::string& token,
                        const std::string& query = {}) {
    net::HttpRequest request;
    request.method = method;
    request.path = "/api/v1/admin/" + path;
    request.query = query;
    if (!token.empty()) request.headers = {{"authorization", "Bearer " + token}};
    EXPECT_TRUE(routes.takes(request.path));
    std::promise<net::HttpResponse> answer;
    routes.handle(std::move(request), [&](net::HttpResponse response) { answer.set_value(std::move(response)); });
    return answer.get_future().get();
  }

  RoleVerifier verifier;
  Profiler profiler;
  ProfileRoutes routes{verifier, profiler};
};

TEST_F(ProfileRoutesTest, AreForAdministratorsOnly) {
  for (const char* path : {"profile", "memory"}) {
    const std::string method = path == std::string("profile") ? "POST" : "GET";
    EXPECT_EQ(ask(method, path, "").status, 401);
    EXPECT_EQ(ask(method, path, "stranger").status, 401);
    EXPECT_EQ(ask(method, path, "player").status, 403);
    EXPECT_EQ(ask(method, path, "barred").status, 403);
    EXPECT_EQ(ask(method, path, "away").status, 503);
  }
  EXPECT_FALSE(routes.takes("/api/v1/admin"));
  EXPECT_FALSE(routes.takes("/api/v1/admin/profile/x"));
}

TEST_F(ProfileRoutesTest, TellWhatTheHeapHolds) {
  const net::HttpResponse answer = ask("GET", "memory", "administrator");
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.body.find("{\"heap\":{\"in_use_bytes\":"), std::string::npos) << answer.body;
}

TEST_F(ProfileRoutesTest, RefuseWhatTheyCannotDo) {
  EXPECT_EQ(ask("GET", "profile", "administrator").status, 405);
  EXPECT_EQ(ask("POST", "memory", "administrator").status, 405);
  for (const char* query : {"seconds=0", "seconds=61", "seconds=-1", "seconds=ten", "seconds=1x"})
    EXPECT_EQ(ask("POST", "profile", "administrator", query).status, 400) << query;
  const net::HttpResponse answer = ask("POST", "profile", "administrator", "seconds=1&format=png");
  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(answer.body.find("folded"), std::string::npos);
}

TEST_F(ProfileRoutesTest, MakeOneProfileAtATime) {
  if (!can_sample_cpu()) {
    const net::HttpResponse refused = ask("POST", "profile", "administrator", "seconds=1");
    EXPECT_EQ(refused.status, 503);
    EXPECT_NE(refused.body.find("profile_impossible"), std::string::npos);
    return;
  }
  std::promise<net::HttpResponse> first;
  net::HttpRequest request;
  request.method = "POST";
  request.path = "/api/v1/admin/profile";
  request.query = "seconds=1&format=folded";
  request.headers = {{"authorization", "Bearer administrator"}};
  routes.handle(request, [&](net::HttpResponse response) { first.set_value(std::move(response)); });
  EXPECT_EQ(ask("POST", "profile", "administrator", "seconds=1").status, 409);
  const net::HttpResponse made = first.get_future().get();
  EXPECT_EQ(made.status, 200) << made.body;
}

}  // namespace
}  // namespace throng::services
