#include "services/accounts/recovery.h"

#include <gmock/gmock.h>

#include "services/accounts/accounts_fixture.h"

namespace throng::services {
namespace {

using nlohmann::json;
using test::AccountsNode;
using test::AuthAnswer;
using test::quick_accounts;
using test::token_in;

class RecoveryTest : public ::testing::TestWithParam<Engine> {
 protected:
  RecoveryTest() { first_token = node.sign_up("ann@example.org").token(); }

  /// The mail to confirm came first.
  std::string reset_token(std::size_t mail = 1) {
    EXPECT_EQ(node.post("forgot-password", {{"email", "Ann@example.org"}}).text, "true");
    return token_in(node.mails->mail(mail));
  }
  AuthAnswer reset(const std::string& token, const std::string& password = "battery staple") {
    return node.post("reset-password", {{"token", token}, {"password", password}});
  }

  EmptyDatabase database{GetParam()};
  AccountsNode node{database.url()};
  std::string first_token;
};
INSTANTIATE_TEST_SUITE_P(Engines, RecoveryTest, ::testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

TEST_P(RecoveryTest, GivesANewPasswordByMail) {
  const std::string token = reset_token();
  EXPECT_EQ(node.mails->mail(1).to, "ann@example.org");
  EXPECT_THAT(node.mails->mail(1).text,
              testing::HasSubstr("https://game.example/auth/reset-password?token=" + token + "\n"));
  EXPECT_EQ(node.ask("GET", "/auth/reset-password?token=" + token).status, 200);
  EXPECT_EQ(reset(token).text, "true");
  EXPECT_EQ(node.log_in("ann@example.org", "correct horse").status, 401);
  EXPECT_EQ(node.log_in("ann@example.org", "battery staple").status, 200);
  EXPECT_EQ(node.user_data(first_token).status, 401) << "who has the old password is out";
}

TEST_P(RecoveryTest, LinksWorkOnce) {
  const std::string token = reset_token();
  ASSERT_EQ(reset(token).status, 200);
  EXPECT_EQ(reset(token, "another one yet").error(), "invalid_token");
  EXPECT_EQ(node.ask("GET", "/auth/reset-password?token=" + token).status, 401);
  EXPECT_EQ(node.log_in("ann@example.org", "battery staple").status, 200);
}

TEST_P(RecoveryTest, LinksRunOut) {
  const std::string token = reset_token();
  node.own_clock.advance(std::chrono::minutes(60));
  EXPECT_EQ(reset(token).error(), "invalid_token");
}

TEST_P(RecoveryTest, ABadPasswordDoesNotUseTheLinkUp) {
  const std::string token = reset_token();
  EXPECT_EQ(reset(token, "short").error(), "password_too_short");
  EXPECT_EQ(reset(token, "password123").error(), "password_too_common");
  EXPECT_EQ(reset(token).status, 200);
}

TEST_P(RecoveryTest, TokensAreGoodForOneThingEach) {
  const std::string confirm = token_in(node.mails->mail(0));
  const std::string reset_link = reset_token();
  EXPECT_EQ(reset(confirm).error(), "invalid_token");
  EXPECT_EQ(reset(first_token).error(), "invalid_token");
  EXPECT_EQ(node.user_data(reset_link).status, 401);
  EXPECT_EQ(node.user_data(confirm).status, 401);
  EXPECT_EQ(node.ask("GET", "/auth/confirm-email?token=" + reset_link).status, 401);
}

TEST_P(RecoveryTest, SaysTheSameOfWhoeverIsNobodyAndMailsNothing) {
  const AuthAnswer known = node.post("forgot-password", {{"email", "ann@example.org"}});
  const AuthAnswer unknown = node.post("forgot-password", {{"email", "bob@example.org"}});
  EXPECT_EQ(known.status, unknown.status);
  EXPECT_EQ(known.text, unknown.text);
  EXPECT_EQ(known.headers, unknown.headers);
  node.mails->mail(1);
  node.run([](Connection&) -> Result<void> { return {}; });
  EXPECT_EQ(node.mails->size(), 2u);
}

TEST_P(RecoveryTest, DoesNotFloodAnybody) {
  for (int i = 0; i < 10; ++i) node.post("forgot-password", {{"email", "ann@example.org"}});
  node.run([](Connection&) -> Result<void> { return {}; });
  node.accounts->stop();
  EXPECT_EQ(node.mails->size(), 1u + 3u);
}

TEST_P(RecoveryTest, EndsALockOut) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(node.log_in("ann@example.org", "wrong horse").status, 401);
  EXPECT_EQ(node.log_in("ann@example.org").status, 429);
  ASSERT_EQ(reset(reset_token()).status, 200);
  EXPECT_EQ(node.log_in("ann@example.org", "battery staple").status, 200);
}

TEST_P(RecoveryTest, ConfirmsAnAddressByMail) {
  EXPECT_EQ(node.user_data(first_token).body["user"]["emailConfirmed"], false);
  const std::string token = token_in(node.mails->mail(0));
  EXPECT_EQ(node.ask("GET", "/auth/confirm-email?token=" + token).status, 200);
  EXPECT_EQ(node.user_data(first_token).body["user"]["emailConfirmed"], true);
  EXPECT_EQ(node.ask("GET", "/auth/confirm-email?token=" + token).status, 401);
}

TEST_P(RecoveryTest, TakesTheFormOfThePage) {
  const std::string token = reset_token();
  const auto send = [&](const std::string& form) {
    return node.ask("POST", "/auth/reset-password", form, {}, "application/x-www-form-urlencoded");
  };
  const AuthAnswer differs = send("token=" + token + "&password=battery+staple&again=battery+stable");
  EXPECT_EQ(differs.status, 400);
  EXPECT_THAT(differs.text, testing::HasSubstr("not the same"));
  EXPECT_THAT(differs.text, testing::HasSubstr("value=\"" + token + "\""));
  const AuthAnswer saved = send("token=" + token + "&password=gr%C3%BCne+W%26lder&again=gr%C3%BCne+W%26lder");
  EXPECT_EQ(saved.status, 200) << saved.text;
  EXPECT_EQ(node.log_in("ann@example.org", "gr\xC3\xBCne W&lder").status, 200);
}

}  // namespace
}  // namespace throng::services
