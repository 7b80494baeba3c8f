#include "services/store/once.h"

#include <gtest/gtest.h>

#include "services/store/ledger_world.h"
#include "services/store/tidying.h"

namespace throng::services {
namespace {

class OnceTest : public testing::TestWithParam<Engine> {
 protected:
  Result<std::string> send(const std::string& key, const Command& command) {
    EXPECT_TRUE(world_.connection().begin());
    Result<std::string> answer = once(world_.connection(), key, kTestNow, command);
    if (answer) {
      EXPECT_TRUE(world_.connection().commit());
    } else {
      world_.connection().rollback();
    }
    return answer;
  }
  LedgerWorld world_{GetParam()};
  int runs_ = 0;
};

TEST_P(OnceTest, ACommandThatComesTwiceRunsOnceAndGetsTheSameAnswer) {
  const Command command = [this](Connection&) -> Result<std::string> { return "run " + std::to_string(++runs_); };
  EXPECT_EQ(*send("gift/1", command), "run 1");
  EXPECT_EQ(*send("gift/1", command), "run 1");
  EXPECT_EQ(*send("gift/2", command), "run 2");
}

TEST_P(OnceTest, ACommandThatFailedCanBeTriedAgain) {
  EXPECT_FALSE(send("gift/1", [](Connection&) -> Result<std::string> { return fail("no"); }));
  EXPECT_EQ(*send("gift/1", [](Connection&) -> Result<std::string> { return std::string("yes"); }), "yes");
}

TEST_P(OnceTest, KeysAreForgottenAfterAMonth) {
  const Command command = [this](Connection&) -> Result<std::string> { return "run " + std::to_string(++runs_); };
  ASSERT_TRUE(send("gift/1", command));
  ASSERT_TRUE(tidy_database(world_.connection(), kTestNow + 29LL * 86'400'000));
  EXPECT_EQ(*send("gift/1", command), "run 1");
  ASSERT_TRUE(tidy_database(world_.connection(), kTestNow + 31LL * 86'400'000));
  EXPECT_EQ(*send("gift/1", command), "run 2");
}

INSTANTIATE_TEST_SUITE_P(Engines, OnceTest, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

}  // namespace
}  // namespace throng::services
