#include "services/accounts/tokens.h"

#include <set>

#include <gtest/gtest.h>

namespace throng::services {
namespace {

TEST(AuthTokens, AreNeverTheSame) {
  std::set<std::string> tokens;
  for (int i = 0; i < 1000; ++i) {
    const std::string token = make_auth_token();
    EXPECT_TRUE(is_auth_token(token)) << token;
    tokens.insert(token);
  }
  EXPECT_EQ(tokens.size(), 1000u);
}

TEST(AuthTokens, HaveOneForm) {
  EXPECT_FALSE(is_auth_token(""));
  EXPECT_FALSE(is_auth_token(std::string(42, 'a')));
  EXPECT_FALSE(is_auth_token(std::string(44, 'a')));
  EXPECT_FALSE(is_auth_token(std::string(42, 'a') + "="));
  EXPECT_FALSE(is_auth_token(std::string(42, 'a') + std::string(1, '\0')));
}

TEST(AuthTokens, AreKeptAsHashes) {
  const std::string token = make_auth_token();
  EXPECT_EQ(auth_token_hash(token), auth_token_hash(token));
  EXPECT_EQ(auth_token_hash(token).size(), 32u);
  EXPECT_NE(auth_token_hash(token), auth_token_hash(make_auth_token()));
}

TEST(AuthTokens, KeysTellNothingOfWhoTheyAreAbout) {
  const std::string key = hashed_key("login email", "ann@example.org");
  EXPECT_EQ(key, hashed_key("login email", "ann@example.org"));
  EXPECT_EQ(key.rfind("login email ", 0), 0u);
  EXPECT_EQ(key.find("ann"), std::string::npos);
}

}  // namespace
}  // namespace throng::services
