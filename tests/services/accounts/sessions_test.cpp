#include "services/accounts/sessions.h"

#include "services/accounts/accounts_fixture.h"

namespace throng::services {
namespace {

using test::AccountsNode;
using test::AuthAnswer;
using test::quick_accounts;

class SessionsTest : public ::testing::TestWithParam<Engine> {
 protected:
  EmptyDatabase database{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Engines, SessionsTest, ::testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

TEST_P(SessionsTest, TellWhoseATokenIs) {
  AccountsNode node(database.url());
  const AuthAnswer in = node.sign_up("ann@example.org");
  const TokenHolder holder = node.verify(in.token());
  EXPECT_EQ(holder.verdict, TokenVerdict::Valid);
  EXPECT_EQ(holder.account.value, in.body["user"]["id"]);
  EXPECT_EQ(holder.name, in.body["user"]["name"].get<std::string>());
  EXPECT_EQ(node.verify("").verdict, TokenVerdict::Unknown);
  EXPECT_EQ(node.verify(std::string(43, 'a')).verdict, TokenVerdict::Unknown);
  EXPECT_EQ(node.verify(in.token() + "x").verdict, TokenVerdict::Unknown);
}

TEST_P(SessionsTest, KeepOnlyHashesOfTokens) {
  AccountsNode node(database.url());
  const std::string token = node.sign_up("ann@example.org").token();
  node.run([&](Connection& connection) -> Result<void> {
    THRONG_TRY(const Rows rows, connection.run("SELECT hash FROM session_token LIMIT 10"));
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const Blob hash = rows.blob(row, 0);
      EXPECT_EQ(std::string(hash.begin(), hash.end()).find(token), std::string::npos);
      EXPECT_EQ(hash.size(), 32u);
    }
    return {};
  });
}

TEST_P(SessionsTest, EndByLoggingOut) {
  AccountsNode node(database.url());
  const std::string first = node.sign_up("ann@example.org").token();
  const std::string second = node.log_in("ann@example.org").token();
  ASSERT_EQ(node.user_data(first).status, 200);
  EXPECT_EQ(node.ask("POST", "/auth/logout", "", first).text, "true");
  EXPECT_EQ(node.user_data(first).status, 401) << "though it was remembered";
  EXPECT_EQ(node.ask("POST", "/auth/logout", "", first).status, 401) << "a token that is used again";
  EXPECT_EQ(node.user_data(second).status, 200);
}

TEST_P(SessionsTest, EndAllTogether) {
  AccountsNode node(database.url());
  const std::string first = node.sign_up("ann@example.org").token();
  const std::string second = node.log_in("ann@example.org").token();
  const std::string other = node.sign_up("bob@example.org").token();
  for (const std::string& token : {first, second, other}) ASSERT_EQ(node.user_data(token).status, 200);
  EXPECT_EQ(node.ask("POST", "/auth/logout-all", "", second).text, "true");
  EXPECT_EQ(node.user_data(first).status, 401);
  EXPECT_EQ(node.user_data(second).status, 401);
  EXPECT_EQ(node.user_data(other).status, 200);
}

TEST_P(SessionsTest, EndOnOtherNodesWithinSeconds) {
  test::SharedClock clock;
  AccountsNode one(database.url(), quick_accounts(), "one", &clock);
  AccountsNode two(database.url(), quick_accounts(), "two", &clock);
  const std::string token = one.sign_up("ann@example.org").token();
  ASSERT_EQ(two.user_data(token).status, 200);
  ASSERT_EQ(one.ask("POST", "/auth/logout", "", token).status, 200);
  clock.advance(std::chrono::milliseconds(SessionCache::kBelievedMs));
  EXPECT_EQ(two.user_data(token).status, 401);
}

TEST_P(SessionsTest, LastAsLongAsTheyAreUsed) {
  content::AccountsDef def = quick_accounts();
  def.session_days = 2;
  AccountsNode node(database.url(), def);
  const std::string token = node.sign_up("ann@example.org").token();
  for (int day = 0; day < 5; ++day) {
    node.own_clock.advance(std::chrono::hours(36));
    EXPECT_EQ(node.user_data(token).status, 200) << day;
    node.run([](Connection&) -> Result<void> { return {}; });  // behind the note of its use
  }
  node.own_clock.advance(std::chrono::hours(49));
  EXPECT_EQ(node.user_data(token).status, 401);
}

TEST_P(SessionsTest, AreBoundedPerAccount) {
  content::AccountsDef def = quick_accounts();
  def.sessions_per_account = 3;
  AccountsNode node(database.url(), def);
  std::vector<std::string> tokens{node.sign_up("ann@example.org").token()};
  for (int i = 0; i < 3; ++i) {
    node.own_clock.advance(std::chrono::seconds(1));
    tokens.push_back(node.log_in("ann@example.org").token());
  }
  EXPECT_EQ(node.user_data(tokens[0]).status, 401) << "the oldest went for the newest";
  for (std::size_t i = 1; i < tokens.size(); ++i) EXPECT_EQ(node.user_data(tokens[i]).status, 200);
}

TEST_P(SessionsTest, OfAnonymousAccountsDoNotPlayWhereGuestsMayNot) {
  std::string token;
  {
    AccountsNode node(database.url());
    token = node.post("anonymous", nlohmann::json::object()).token();
    EXPECT_EQ(node.verify(token).verdict, TokenVerdict::Valid);
  }
  content::AccountsDef def = quick_accounts();
  def.guests_allowed = false;
  AccountsNode node(database.url(), def, "later");
  EXPECT_EQ(node.verify(token).verdict, TokenVerdict::Barred);
}

}  // namespace
}  // namespace throng::services
