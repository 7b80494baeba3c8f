#include "services/profile/operator_commands.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/log.h"
#include "services/profile/cpu_sampler.h"

namespace throng::services {
namespace {

using nlohmann::json;

class OperatorCommandsTest : public ::testing::Test {
 protected:
  ~OperatorCommandsTest() override { set_log_level(before); }
  json ask(const json& request) { return json::parse(commands.answer(request.dump()).value()); }

  const LogLevel before = log_level();
  Profiler profiler;
  OperatorCommands commands{profiler};
};

TEST_F(OperatorCommandsTest, ShowAndChangeTheLogLevel) {
  EXPECT_EQ(ask({{"command", "log_level"}, {"level", "error"}}).at("level"), "error");
  EXPECT_EQ(log_level(), LogLevel::Error);
  EXPECT_EQ(ask({{"command", "log_level"}}).at("level"), "error");
  EXPECT_EQ(ask({{"command", "log_level"}, {"level", "loud"}}).at("ok"), false);
  EXPECT_EQ(log_level(), LogLevel::Error);
}

TEST_F(OperatorCommandsTest, MakeAProfileThatIsFetchedLater) {
  EXPECT_EQ(ask({{"command", "profile"}, {"seconds", 0}}).at("ok"), false);
  EXPECT_EQ(ask({{"command", "profile"}}).at("ok"), false);
  EXPECT_EQ(ask({{"command", "profile_result"}}).at("done"), false);
  const json started = ask({{"command", "profile"}, {"seconds", 1}});
  EXPECT_EQ(started.at("ok"), can_sample_cpu().has_value()) << started;
  if (!can_sample_cpu()) return;
  json result;
  do {
    result = ask({{"command", "profile_result"}});
    ASSERT_EQ(result.at("ok"), true) << result;
  } while (!result.at("done").get<bool>());
  EXPECT_TRUE(result.at("folded").is_string());
  EXPECT_EQ(result.at("lost"), 0);
}

TEST_F(OperatorCommandsTest, LeaveTheRestToOthers) {
  EXPECT_EQ(commands.answer(R"({"command":"reload"})"), std::nullopt);
  for (const char* text : {"", "nonsense", "[]", R"({"command":1})", "\xFF"})
    EXPECT_EQ(commands.answer(text), std::nullopt);
}

}  // namespace
}  // namespace throng::services
