#include "services/accounts/auth_routes.h"

#include <gmock/gmock.h>

#include "services/accounts/accounts_fixture.h"

namespace throng::services {
namespace {

using test::AccountsNode;
using test::AuthAnswer;

TEST(AuthRoutesPaths, AreThoseOfTheSdks) {
  AccountsNode node(kMemoryDatabase);
  for (const char* const path :
       {"/auth/anonymous", "/auth/login", "/auth/register", "/auth/userdata", "/auth/forgot-password",
        "/auth/reset-password", "/auth/confirm-email", "/auth/logout", "/auth/logout-all", "/auth/provider/discord",
        "/auth/provider/discord/callback", "/auth/what", "/behind/a/prefix/auth/login"})
    EXPECT_TRUE(node.accounts->routes().takes(path)) << path;
  for (const char* const path : {"/", "/auth", "/authors/ann", "/behind/auth/other", "/maps/auth", ""})
    EXPECT_FALSE(node.accounts->routes().takes(path)) << path;
}

TEST(AuthRoutesAnswers, HaveAnErrorForEveryMistake) {
  AccountsNode node(kMemoryDatabase);
  EXPECT_EQ(node.ask("GET", "/auth/what").status, 404);
  const AuthAnswer wrong_method = node.ask("GET", "/auth/login");
  EXPECT_EQ(wrong_method.status, 405);
  EXPECT_EQ(wrong_method.header("Allow"), "POST");
  EXPECT_EQ(node.ask("OST", "/auth/reset-password").status, 405);
  for (const char* const body : {"{", "7", "\"x\"", "[1]", "{\"email\": \"\xFF\"}", "{\"email\":1,\"email\":2}"}) {
    const AuthAnswer answer = node.ask("POST", "/auth/login", body);
    EXPECT_EQ(answer.status, 400) << body;
    EXPECT_EQ(answer.error(), "body_malformed") << body;
  }
  EXPECT_EQ(node.ask("POST", "/auth/login", std::string(17'000, ' ')).status, 413);
  EXPECT_EQ(node.ask("POST", "/auth/login", "{\"email\":" + std::string(10'000, '[')).status, 400);
  EXPECT_EQ(node.ask("GET", "/auth/userdata").error(), "invalid_token");
  EXPECT_EQ(node.post("forgot-password", {{"email", "x"}}).error(), "email_malformed");
  EXPECT_EQ(node.ask("GET", "/auth/provider/discord").status, 501);
}

TEST(AuthRoutesAnswers, AreKeptByNoCache) {
  AccountsNode node(kMemoryDatabase);
  EXPECT_EQ(node.sign_up("ann@example.org").header("Cache-Control"), "no-store");
}

TEST(AuthRoutesAnswers, TakeNoBodyAsAnEmptyOne) {
  AccountsNode node(kMemoryDatabase);
  for (const char* const body : {"", "{}", "[]", " "}) EXPECT_EQ(node.ask("POST", "/auth/anonymous", body).status, 200);
}

TEST(BearerTokens, AreFoundInTheHeader) {
  const auto token_of = [](const std::string& value) {
    net::HttpRequest request;
    request.headers.emplace_back("authorization", value);
    return bearer_token(request);
  };
  EXPECT_EQ(token_of("Bearer abc"), "abc");
  EXPECT_EQ(token_of("bearer abc"), "abc");
  EXPECT_EQ(token_of("Basic abc"), "");
  EXPECT_EQ(token_of("Bearer "), "");
  EXPECT_EQ(token_of(""), "");
  EXPECT_EQ(bearer_token({}), "");
}

}  // namespace
}  // namespace throng::services
