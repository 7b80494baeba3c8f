#include "services/accounts/attempts.h"

#include <gtest/gtest.h>

#include "services/database/engines.h"
#include "services/store/schema/all_migrations.h"

namespace throng::services {
namespace {

constexpr content::AttemptLimitDef kTryLimit{.free = 3, .wait_s = 2, .wait_max_s = 10, .forget_s = 60};
constexpr std::int64_t kFirstTry = 1'700'000'000'000;

class Attempts : public ::testing::TestWithParam<Engine> {
 protected:
  Attempts() { EXPECT_TRUE(migrate(*connection, all_migrations()).has_value()); }

  /// The wait in seconds; 0: it was counted.
  std::int64_t try_at(std::int64_t seconds, const std::string& key = "who") {
    const Result<AttemptVerdict> verdict = begin_attempt(*connection, key, kTryLimit, kFirstTry + seconds * 1000);
    EXPECT_TRUE(verdict.has_value()) << (verdict ? "" : verdict.error().message);
    return verdict ? (verdict->wait_ms + 999) / 1000 : -1;
  }

  AttemptVerdict reserve_at(std::int64_t seconds) {
    const Result<AttemptVerdict> verdict = reserve_attempt(*connection, "who", kTryLimit, kFirstTry + seconds * 1000);
    EXPECT_TRUE(verdict.has_value()) << (verdict ? "" : verdict.error().message);
    return verdict ? *verdict : AttemptVerdict{-1};
  }
  void give_back(const AttemptVerdict& reserved) {
    const Result<void> done = give_back_attempt(*connection, "who", kTryLimit, reserved);
    EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().message);
  }

  EmptyDatabase database{GetParam()};
  std::unique_ptr<Connection> connection = database.connect();
};
INSTANTIATE_TEST_SUITE_P(Engines, Attempts, ::testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

TEST_P(Attempts, WaitTwiceAsLongEachTime) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(try_at(0), 0);
  EXPECT_EQ(try_at(0), 2) << "the third has begun a wait";
  EXPECT_EQ(try_at(1), 1);
  EXPECT_EQ(try_at(2), 0);
  EXPECT_EQ(try_at(2), 4);
  EXPECT_EQ(try_at(6), 0);
  EXPECT_EQ(try_at(6), 8);
  EXPECT_EQ(try_at(14), 0);
  EXPECT_EQ(try_at(14), 10) << "the longest wait";
}

TEST_P(Attempts, AreForgottenAfterAWhile) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(try_at(0), 0);
  EXPECT_EQ(try_at(62), 0);
  EXPECT_EQ(try_at(62), 0) << "the count began anew";
}

TEST_P(Attempts, AreForgottenWhenAllIsWell) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(try_at(0), 0);
  EXPECT_TRUE(forget_attempts(*connection, "who").has_value());
  EXPECT_EQ(try_at(0), 0);
  EXPECT_EQ(try_at(0, "somebody else"), 0);
}

TEST_P(Attempts, CountWhileTheyAreReservedAndNotWhenGivenBack) {
  const AttemptVerdict first = reserve_at(0);
  EXPECT_TRUE(reserve_at(0).allowed());
  EXPECT_TRUE(reserve_at(0).allowed());
  EXPECT_EQ(try_at(0), 2);
  give_back(first);
  EXPECT_EQ(try_at(0), 0) << "two are left";
  EXPECT_EQ(try_at(0), 2);
}

TEST_P(Attempts, ThatAreGivenBackTakeTheirOwnWaitWithThemAndNobodyElses) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(try_at(0), 0);
  const AttemptVerdict fourth = reserve_at(2);
  EXPECT_EQ(try_at(2), 4);
  give_back(fourth);
  EXPECT_EQ(try_at(2), 0) << "as if it had not been";
  const AttemptVerdict fifth = reserve_at(6);
  EXPECT_EQ(try_at(14), 0) << "slower than its wait";
  give_back(fifth);
  EXPECT_EQ(try_at(14), 10);
}

TEST_P(Attempts, ThatAreGivenBackRemindOfNothing) {
  EXPECT_EQ(try_at(0), 0);
  EXPECT_EQ(try_at(0), 0);
  give_back(reserve_at(50));
  EXPECT_EQ(*sweep_attempts(*connection, kFirstTry + 60'000), 1);
  give_back(reserve_at(100));
  EXPECT_EQ(*sweep_attempts(*connection, kFirstTry + 1'000'000), 0) << "no row is left of it";
}

TEST_P(Attempts, ThatAreKeptAreRememberedFromThen) {
  EXPECT_EQ(try_at(0), 0);
  EXPECT_TRUE(reserve_at(50).allowed());
  EXPECT_TRUE(keep_attempt(*connection, "who", kTryLimit, kFirstTry + 55'000));
  EXPECT_EQ(*sweep_attempts(*connection, kFirstTry + 114'000), 0);
  EXPECT_TRUE(reserve_at(56).allowed());
  EXPECT_EQ(try_at(56), 2);
  EXPECT_TRUE(keep_attempt(*connection, "who", kTryLimit, kFirstTry + 56'000));
  EXPECT_EQ(*sweep_attempts(*connection, kFirstTry + 117'000), 0) << "a minute after the wait";
  EXPECT_EQ(*sweep_attempts(*connection, kFirstTry + 118'000), 1);
}

TEST_P(Attempts, DoNotWaitUntilAClockThatWasPutBackHasCaughtUp) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(try_at(3600), 0);
  EXPECT_EQ(try_at(3600), 2);
  EXPECT_EQ(try_at(0), 0);
  EXPECT_EQ(try_at(0), 4) << "what was tried is not forgotten";
}

TEST(AttemptsOfAddresses, CountANetworkOfIpv6AsOne) {
  const auto key = [](const char* address) { return address_attempts_key("login address", address); };
  EXPECT_EQ(key("2001:db8:1:2::1"), key("2001:db8:1:2:3:4:5:6"));
  EXPECT_NE(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
  EXPECT_NE(key("192.0.2.1"), key("192.0.2.2"));
  EXPECT_EQ(key("").rfind("login address ", 0), 0u);
}

TEST_P(Attempts, AreSweptWhenTheyMeanNothing) {
  EXPECT_EQ(try_at(0), 0);
  EXPECT_EQ(*sweep_attempts(*connection, kFirstTry + 59'000), 0);
  EXPECT_EQ(*sweep_attempts(*connection, kFirstTry + 60'000), 1);
}

TEST_P(Attempts, AreCountedTogetherByTwoNodes) {
  const std::unique_ptr<Connection> other = database.connect();
  for (int i = 0; i < 3; ++i) {
    Connection& node = i % 2 == 0 ? *connection : *other;
    EXPECT_TRUE(begin_attempt(node, "who", kTryLimit, kFirstTry)->allowed());
  }
  EXPECT_FALSE(begin_attempt(*other, "who", kTryLimit, kFirstTry)->allowed());
  EXPECT_FALSE(begin_attempt(*connection, "who", kTryLimit, kFirstTry)->allowed());
}

}  // namespace
}  // namespace throng::services
