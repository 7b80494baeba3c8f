#include "services/accounts/sign_in.h"

#include <chrono>
#include <thread>

#include "services/accounts/accounts_fixture.h"

namespace throng::services {
namespace {

using nlohmann::json;
using test::AccountsNode;
using test::AuthAnswer;
using test::quick_accounts;

class SignInTest : public ::testing::TestWithParam<Engine> {
 protected:
  EmptyDatabase database{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Engines, SignInTest, ::testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

TEST_P(SignInTest, RegistersAndLogsInAgain) {
  AccountsNode node(database.url());
  const AuthAnswer in = node.post(
      "register", {{"email", "Ann@Example.org"}, {"password", "correct horse"}, {"options", {{"name", "Ann"}}}});
  ASSERT_EQ(in.status, 200) << in.text;
  EXPECT_EQ(in.body["user"]["email"], "ann@example.org");
  EXPECT_EQ(in.body["user"]["name"], "Ann");
  EXPECT_EQ(in.body["user"]["anonymous"], false);
  EXPECT_EQ(in.body["user"]["role"], "player");
  EXPECT_EQ(in.text.find("argon2"), std::string::npos) << "nobody is told a hash";
  const AuthAnswer again = node.log_in("ANN@example.org");
  ASSERT_EQ(again.status, 200) << again.text;
  EXPECT_EQ(again.body["user"]["id"], in.body["user"]["id"]);
  EXPECT_NE(again.token(), in.token());
  EXPECT_EQ(node.user_data(in.token()).status, 200) << "both sessions live";
}

TEST_P(SignInTest, SaysTheSameWhateverIsWrong) {
  AccountsNode node(database.url());
  ASSERT_EQ(node.sign_up("ann@example.org").status, 200);
  ASSERT_EQ(node.post("anonymous", json::object()).status, 200);
  const AuthAnswer wrong = node.log_in("ann@example.org", "wrong horse");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.error(), "invalid_credentials");
  for (const char* const email : {"nobody@example.org", "no address", "", "ann@example.org'; DROP TABLE account; --"}) {
    const AuthAnswer answer = node.log_in(email);
    EXPECT_EQ(answer.status, wrong.status) << email;
    EXPECT_EQ(answer.text, wrong.text) << email;
    EXPECT_EQ(answer.headers, wrong.headers) << email;
  }
  EXPECT_EQ(node.log_in("ann@example.org").status, 200);
}

TEST_P(SignInTest, RefusesWhatIsNoAccount) {
  AccountsNode node(database.url());
  const auto refusal = [&](const json& body) {
    const AuthAnswer answer = node.post("register", body);
    return std::to_string(answer.status) + " " + answer.error();
  };
  EXPECT_EQ(refusal({{"email", "ann"}, {"password", "correct horse"}}), "400 email_malformed");
  EXPECT_EQ(refusal({{"email", 7}, {"password", "correct horse"}}), "400 email_malformed");
  EXPECT_EQ(refusal({{"password", "correct horse"}}), "400 email_malformed");
  EXPECT_EQ(refusal({{"email", "ann@example.org"}, {"password", "short"}}), "400 password_too_short");
  EXPECT_EQ(refusal({{"email", "ann@example.org"}}), "400 password_too_short");
  EXPECT_EQ(refusal({{"email", "ann@example.org"}, {"password", "password123"}}), "400 password_too_common");
  EXPECT_EQ(refusal({{"email", "ann@example.org"}, {"password", "correct horse"}, {"options", {{"name", "Admin"}}}}),
            "400 name_reserved");
  ASSERT_EQ(node.sign_up("ann@example.org").status, 200);
  EXPECT_EQ(refusal({{"email", "ANN@example.org"}, {"password", "correct horse"}}), "401 email_already_in_use");
}

TEST_P(SignInTest, GivesAnEmailToExactlyOneOfAllWhoAskAtOnce) {
  AccountsNode one(database.url());
  AccountsNode two(database.url(), quick_accounts(), "two");
  std::vector<std::future<AuthAnswer>> answers;
  const std::string body = json{{"email", "ann@example.org"}, {"password", "correct horse"}}.dump();
  for (int i = 0; i < 10; ++i) answers.push_back((i % 2 == 0 ? one : two).ask_later("POST", "/auth/register", body));
  int accepted = 0;
  for (std::future<AuthAnswer>& later : answers) {
    const AuthAnswer answer = later.get();
    accepted += answer.status == 200 ? 1 : 0;
    if (answer.status != 200) {
      EXPECT_EQ(answer.status, 401) << answer.text;
      EXPECT_EQ(answer.error(), "email_already_in_use");
    }
  }
  EXPECT_EQ(accepted, 1);
}

TEST_P(SignInTest, MakesAnAnonymousAccountIntoALastingOne) {
  AccountsNode node(database.url());
  const AuthAnswer guest = node.post("anonymous", {{"options", {{"name", "Wanderer"}}}});
  ASSERT_EQ(guest.status, 200) << guest.text;
  EXPECT_EQ(guest.body["user"]["anonymous"], true);
  EXPECT_EQ(guest.body["user"]["email"], nullptr);
  ASSERT_EQ(node.user_data(guest.token()).status, 200);
  const AuthAnswer in =
      node.post("register", {{"email", "ann@example.org"}, {"password", "correct horse"}}, guest.token());
  ASSERT_EQ(in.status, 200) << in.text;
  EXPECT_EQ(in.body["user"]["id"], guest.body["user"]["id"]);
  EXPECT_EQ(in.body["user"]["name"], "Wanderer");
  EXPECT_EQ(in.body["user"]["anonymous"], false);
  EXPECT_EQ(node.user_data(guest.token()).status, 401) << "the old token is no key to it";
  EXPECT_EQ(node.user_data(in.token()).body["user"]["email"], "ann@example.org");
  EXPECT_EQ(node.log_in("ann@example.org").body["user"]["id"], guest.body["user"]["id"]);
}

TEST_P(SignInTest, DoesNotTakeAnAccountAwayFromWhoHasOne) {
  AccountsNode node(database.url());
  const AuthAnswer ann = node.sign_up("ann@example.org");
  const AuthAnswer bob =
      node.post("register", {{"email", "bob@example.org"}, {"password", "correct horse"}}, ann.token());
  ASSERT_EQ(bob.status, 200);
  EXPECT_NE(bob.body["user"]["id"], ann.body["user"]["id"]);
  EXPECT_EQ(node.user_data(ann.token()).body["user"]["email"], "ann@example.org");
  const AuthAnswer third =
      node.post("register", {{"email", "cid@example.org"}, {"password", "correct horse"}}, std::string(43, 'x'));
  EXPECT_EQ(third.status, 200) << "a token of nobody is as none";
}

TEST_P(SignInTest, LocksAnAccountOutOnEveryNode) {
  test::SharedClock clock;
  AccountsNode one(database.url(), quick_accounts(), "one", &clock);
  AccountsNode two(database.url(), quick_accounts(), "two", &clock);
  two.address = "192.0.2.2";
  ASSERT_EQ(one.sign_up("ann@example.org").status, 200);
  for (int i = 0; i < 5; ++i) EXPECT_EQ((i % 2 == 0 ? one : two).log_in("ann@example.org", "wrong horse").status, 401);
  for (AccountsNode* const node : {&one, &two}) {
    const AuthAnswer locked = node->log_in("ann@example.org");
    EXPECT_EQ(locked.status, 429) << "the right password as well";
    EXPECT_EQ(locked.error(), "too_many_attempts");
    EXPECT_EQ(locked.header("Retry-After"), "2");
  }
  clock.advance(std::chrono::seconds(2));
  EXPECT_EQ(two.log_in("ann@example.org", "wrong horse").status, 401);
  EXPECT_EQ(one.log_in("ann@example.org").header("Retry-After"), "4") << "longer each time";
  clock.advance(std::chrono::seconds(4));
  EXPECT_EQ(one.log_in("ann@example.org").status, 200);
  EXPECT_EQ(two.log_in("ann@example.org", "wrong horse").status, 401) << "all was forgotten";
}

TEST_P(SignInTest, LocksOutWhoeverIsNobodyJustTheSame) {
  AccountsNode node(database.url());
  for (int i = 0; i < 5; ++i) EXPECT_EQ(node.log_in("nobody@example.org").status, 401);
  EXPECT_EQ(node.log_in("nobody@example.org").status, 429);
}

TEST_P(SignInTest, CountsTriesThatComeAllAtOnce) {
  content::AccountsDef def = quick_accounts();
  def.passwords.waiting_max = 1000;
  AccountsNode node(database.url(), def);
  ASSERT_EQ(node.sign_up("ann@example.org").status, 200);
  std::vector<std::future<AuthAnswer>> answers;
  const std::string body = json{{"email", "ann@example.org"}, {"password", "wrong horse"}}.dump();
  for (int i = 0; i < 40; ++i) answers.push_back(node.ask_later("POST", "/auth/login", body));
  int looked_at = 0;
  for (std::future<AuthAnswer>& later : answers) looked_at += later.get().status == 401 ? 1 : 0;
  EXPECT_EQ(looked_at, 5);
}

TEST_P(SignInTest, LocksAnAddressOutThatTriesManyAccounts) {
  content::AccountsDef def = quick_accounts();
  def.logins_per_address = {.free = 4, .wait_s = 30, .wait_max_s = 60, .forget_s = 60};
  AccountsNode node(database.url(), def);
  ASSERT_EQ(node.sign_up("ann@example.org").status, 200);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(node.log_in("p" + std::to_string(i) + "@example.org").status, 401);
  EXPECT_EQ(node.log_in("ann@example.org").status, 429);
  node.address = "192.0.2.9";
  EXPECT_EQ(node.log_in("ann@example.org").status, 200) << "another address";
}

TEST_P(SignInTest, CountsTriesOfAnAddressThatComeAllAtOnce) {
  content::AccountsDef def = quick_accounts();
  def.passwords.waiting_max = 1000;
  def.logins_per_address = {.free = 7, .wait_s = 30, .wait_max_s = 60, .forget_s = 60};
  AccountsNode one(database.url(), def);
  AccountsNode two(database.url(), def, "two");
  std::vector<std::future<AuthAnswer>> answers;
  for (int i = 0; i < 40; ++i) {
    const json body = {{"email", "p" + std::to_string(i) + "@example.org"}, {"password", "wrong horse"}};
    answers.push_back((i % 2 == 0 ? one : two).ask_later("POST", "/auth/login", body.dump()));
  }
  int looked_at = 0;
  int told_to_wait = 0;
  for (std::future<AuthAnswer>& later : answers) {
    const int status = later.get().status;
    looked_at += status == 401 ? 1 : 0;
    told_to_wait += status == 429 ? 1 : 0;
  }
  EXPECT_EQ(looked_at, 7);
  EXPECT_EQ(told_to_wait, 33);
}

TEST_P(SignInTest, DoesNotCountRightPasswordsOfAnAddress) {
  content::AccountsDef def = quick_accounts();
  def.logins_per_address = {.free = 3, .wait_s = 30, .wait_max_s = 60, .forget_s = 60};
  AccountsNode node(database.url(), def);
  ASSERT_EQ(node.sign_up("ann@example.org").status, 200);
  const auto log_in_often = [&] {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(node.log_in("ann@example.org").status, 200);
  };
  for (int i = 0; i < 3; ++i) {
    log_in_often();
    EXPECT_EQ(node.log_in("p" + std::to_string(i) + "@example.org").status, 401);
  }
  EXPECT_EQ(node.log_in("ann@example.org").status, 429) << "nor do they end what others began";
  node.own_clock.advance(std::chrono::seconds(30));
  log_in_often();
  EXPECT_EQ(node.log_in("p7@example.org").status, 401);
  EXPECT_EQ(node.log_in("ann@example.org").status, 429);
}

TEST_P(SignInTest, CountsNoTryOfAnAddressWhosePasswordNobodyLookedAt) {
  content::AccountsDef def = quick_accounts();
  def.logins_per_address = {.free = 7, .wait_s = 30, .wait_max_s = 60, .forget_s = 60};
  AccountsNode node(database.url(), def);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(node.log_in("ann@example.org").status, 401);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(node.log_in("ann@example.org").status, 429) << "the account has to wait";
  EXPECT_EQ(node.log_in("bob@example.org").status, 401);
  EXPECT_EQ(node.log_in("bob@example.org").status, 401);
  EXPECT_EQ(node.log_in("bob@example.org").status, 429) << "the address has to";
  AccountsNode busy(database.url(), def, "busy");
  busy.address = "192.0.2.9";
  busy.accounts->stop();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(busy.log_in("p" + std::to_string(i) + "@example.org").status, 503);
  node.address = busy.address;
  EXPECT_EQ(node.log_in("cid@example.org").status, 401);
}

TEST_P(SignInTest, TellsWhoeverComesTooManyToComeBack) {
  content::AccountsDef def = quick_accounts();
  def.new_accounts_per_address = {.free = 3, .wait_s = 60, .wait_max_s = 60, .forget_s = 60};
  AccountsNode node(database.url(), def);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(node.post("anonymous", json::object()).status, 200);
  EXPECT_EQ(node.post("anonymous", json::object()).status, 429);
  EXPECT_EQ(node.sign_up("ann@example.org").status, 429);
}

TEST_P(SignInTest, MakesHashesAnewWhenTheRulesHaveChanged) {
  {
    AccountsNode node(database.url());
    ASSERT_EQ(node.sign_up("ann@example.org").status, 200);
  }
  content::AccountsDef stronger = quick_accounts();
  stronger.passwords.memory_kib = 16;
  AccountsNode node(database.url(), stronger, "later");
  ASSERT_EQ(node.log_in("ann@example.org").status, 200);
  std::string hash;
  node.run([&](Connection& connection) -> Result<void> {
    THRONG_TRY(const std::optional<Account> ann, find_account_by_email(connection, "ann@example.org"));
    hash = ann->password_hash;
    return {};
  });
  EXPECT_EQ(hash.rfind("$argon2id$v=19$m=16,", 0), 0u) << hash;
  EXPECT_EQ(node.log_in("ann@example.org").status, 200);
}

TEST(SignIn, CanBeClosed) {
  content::AccountsDef def = quick_accounts();
  def.guests_allowed = false;
  def.registration_open = false;
  AccountsNode node(kMemoryDatabase, def);
  EXPECT_EQ(node.post("anonymous", json::object()).error(), "anonymous_not_allowed");
  EXPECT_EQ(node.sign_up("ann@example.org").error(), "registration_closed");
}

TEST(SignIn, AnswersWhenItHasStopped) {
  AccountsNode node(kMemoryDatabase);
  ASSERT_EQ(node.sign_up("ann@example.org").status, 200);
  node.accounts->stop();
  EXPECT_EQ(node.log_in("ann@example.org").status, 503);
}

}  // namespace
}  // namespace throng::services
