#include "services/accounts/accounts.h"

#include "services/accounts/accounts_fixture.h"

namespace throng::services {
namespace {

using test::AccountsNode;
using test::quick_accounts;

class AccountsSweep : public ::testing::TestWithParam<Engine> {
 protected:
  EmptyDatabase database{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Engines, AccountsSweep, ::testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

TEST_P(AccountsSweep, TakesWhatHasRunOutAndNothingElse) {
  AccountsNode node(database.url());
  const content::AccountsDef def = quick_accounts();
  ASSERT_EQ(node.post("anonymous", nlohmann::json::object()).status, 200);
  ASSERT_EQ(node.sign_up("ann@example.org").status, 200);
  node.log_in("nobody@example.org");
  node.own_clock.advance(std::chrono::hours(24 * 20));
  const std::string fresh = node.log_in("ann@example.org").token();
  node.own_clock.advance(std::chrono::hours(24 * 11));
  std::int64_t tokens = -1;
  std::int64_t attempts = -1;
  std::int64_t erased = -1;
  node.run([&](Connection& connection) -> Result<void> {
    THRONG_CHECK(sweep_accounts(connection, def, node.own_clock.unix_milliseconds()));
    THRONG_TRY(const Rows left, connection.run("SELECT COUNT(*) FROM session_token"));
    THRONG_TRY(const Rows counted, connection.run("SELECT COUNT(*) FROM attempt"));
    THRONG_TRY(const Rows gone, connection.run("SELECT COUNT(*) FROM account WHERE erased_at IS NOT NULL"));
    tokens = left.integer(0, 0);
    attempts = counted.integer(0, 0);
    erased = gone.integer(0, 0);
    return {};
  });
  EXPECT_EQ(tokens, 1) << "the login of eleven days ago";
  EXPECT_EQ(attempts, 0);
  EXPECT_EQ(erased, 1) << "the anonymous one";
  EXPECT_EQ(node.user_data(fresh).status, 200);
}

TEST(AccountsStop, LeavesNobodyWithoutAnAnswer) {
  auto node = std::make_unique<AccountsNode>(kMemoryDatabase);
  ASSERT_EQ(node->sign_up("ann@example.org").status, 200);
  std::vector<std::future<test::AuthAnswer>> answers;
  const std::string body = nlohmann::json{{"email", "ann@example.org"}, {"password", "correct horse"}}.dump();
  for (int i = 0; i < 20; ++i) answers.push_back(node->ask_later("POST", "/auth/login", body));
  node.reset();
  for (std::future<test::AuthAnswer>& answer : answers) EXPECT_NE(answer.get().status, 0);
}

}  // namespace
}  // namespace throng::services
