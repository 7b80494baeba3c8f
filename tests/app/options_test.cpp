#include "app/options.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "app/exit_codes.h"

namespace throng::app {
namespace {

ParsedOptions parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "throngd");
  return parse_options(static_cast<int>(arguments.size()), arguments.data());
}

/// What a parser says to the terminal belongs to nobody here.
class OptionsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : kVariables) unsetenv(name);
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
  }
  void TearDown() override {
    if (!taken_errors_) ::testing::internal::GetCapturedStderr();
    if (!taken_) ::testing::internal::GetCapturedStdout();
    for (const char* name : kVariables) unsetenv(name);
  }
  std::string output() {
    taken_ = true;
    return ::testing::internal::GetCapturedStdout();
  }
  std::string errors() {
    taken_errors_ = true;
    return ::testing::internal::GetCapturedStderr();
  }

  static constexpr const char* kVariables[] = {"PORT",
                                               "HOST",
                                               "THRONG_CONFIG_DIR",
                                               "THRONG_PUBLIC_ADDRESS",
                                               "THRONG_LOG_LEVEL",
                                               "THRONG_LOG_FORMAT",
                                               "THRONG_WORKERS",
                                               "THRONG_WEB_ROOT",
                                               "THRONG_DATA_DIR"};

 private:
  bool taken_ = false;
  bool taken_errors_ = false;
};

TEST_F(OptionsTest, AreEmptyWhenNothingIsGiven) {
  const ParsedOptions parsed = parse({});
  ASSERT_TRUE(parsed.options);
  EXPECT_EQ(parsed.options->command, Command::Serve);
  EXPECT_EQ(parsed.options->config_dir, "config");
  EXPECT_FALSE(parsed.options->port);
  EXPECT_FALSE(parsed.options->workers);
}

TEST_F(OptionsTest, ComeFromTheEnvironment) {
  setenv("PORT", "3000", 1);
  setenv("HOST", "::1", 1);
  setenv("THRONG_CONFIG_DIR", "elsewhere", 1);
  setenv("THRONG_PUBLIC_ADDRESS", "play.example.org", 1);
  setenv("THRONG_LOG_LEVEL", "error", 1);
  setenv("THRONG_WORKERS", "3", 1);
  setenv("THRONG_DATA_DIR", "/var/lib/throng", 1);
  const ParsedOptions parsed = parse({});
  ASSERT_TRUE(parsed.options);
  EXPECT_EQ(parsed.options->port, 3000);
  EXPECT_EQ(parsed.options->host, "::1");
  EXPECT_EQ(parsed.options->config_dir, "elsewhere");
  EXPECT_EQ(parsed.options->public_address, "play.example.org");
  EXPECT_EQ(parsed.options->log_level, "error");
  EXPECT_EQ(parsed.options->workers, 3);
  EXPECT_EQ(parsed.options->data_dir, "/var/lib/throng");
}

TEST_F(OptionsTest, AskTheRunningServer) {
  const ParsedOptions level = parse({"log-level", "debug"});
  ASSERT_TRUE(level.options);
  EXPECT_EQ(level.options->command, Command::LogLevel);
  EXPECT_EQ(level.options->operators.level, "debug");
  const ParsedOptions profile = parse({"profile", "5", "--out", "a.folded"});
  ASSERT_TRUE(profile.options);
  EXPECT_EQ(profile.options->command, Command::Profile);
  EXPECT_EQ(profile.options->operators.seconds, 5);
  EXPECT_EQ(profile.options->operators.output, "a.folded");
  EXPECT_FALSE(parse({"profile", "61"}).options);
  EXPECT_FALSE(parse({"log-level", "loud"}).options);
  setenv("THRONG_LOG_FORMAT", "json", 1);
  EXPECT_EQ(parse({}).options->log_format, "json");
}

TEST_F(OptionsTest, FromFlagsWinOverTheEnvironment) {
  setenv("PORT", "3000", 1);
  setenv("THRONG_LOG_LEVEL", "error", 1);
  const ParsedOptions parsed = parse({"--port", "0", "--log-level=debug"});
  ASSERT_TRUE(parsed.options);
  EXPECT_EQ(parsed.options->port, 0);
  EXPECT_EQ(parsed.options->log_level, "debug");
}

TEST_F(OptionsTest, ThatMakeNoSenseEndTheProgramWithTheConfigurationCode) {
  for (const std::vector<const char*>& arguments :
       std::vector<std::vector<const char*>>{{"--port", "70000"},
                                             {"--port", "x"},
                                             {"--log-level", "loud"},
                                             {"--colour"},
                                             {"dance"},
                                             {"replay"},
                                             {"config"},
                                             {"config", "dance"},
                                             {"config", "show"},
                                             {"config", "rollback", "0"},
                                             {"config", "check", "--against", "dead"}}) {
    const ParsedOptions parsed = parse(arguments);
    EXPECT_FALSE(parsed.options) << arguments[0];
    EXPECT_EQ(parsed.exit_code, kExitConfiguration) << arguments[0];
  }
  setenv("PORT", "70000", 1);
  EXPECT_EQ(parse({}).exit_code, kExitConfiguration);
}

TEST_F(OptionsTest, OfACommandThatLacksSomethingAreAnsweredWithAnExample) {
  EXPECT_EQ(parse({"account", "create"}).exit_code, kExitConfiguration);
  EXPECT_EQ(parse({"backup"}).exit_code, kExitConfiguration);
  const std::string said = errors();
  EXPECT_NE(said.find("Example: throngd account create ann@example.org"), std::string::npos) << said;
  EXPECT_NE(said.find("Example: throngd backup"), std::string::npos) << said;
}

TEST_F(OptionsTest, OfACommandWithoutItsVerbAreAnsweredWithTheVerbs) {
  EXPECT_EQ(parse({"account"}).exit_code, kExitConfiguration);
  const std::string said = errors();
  for (const char* const verb : {"create", "list", "set-role", "erase"})
    EXPECT_NE(said.find(verb), std::string::npos) << said;
}

TEST_F(OptionsTest, TakeAnAddressWithAndWithoutItsFlag) {
  EXPECT_EQ(parse({"account", "create", "ann@example.org"}).options->account.who, "ann@example.org");
  EXPECT_EQ(parse({"account", "create", "--email", "ann@example.org"}).options->account.who, "ann@example.org");
  const Options list = *parse({"account", "list", "ann", "--guests", "--json"}).options;
  EXPECT_EQ(list.account.filter, "ann");
  EXPECT_TRUE(list.account.guests && list.account.json);
}

TEST_F(OptionsTest, HelpNamesEveryFlagAndItsVariable) {
  const ParsedOptions parsed = parse({"--help"});
  EXPECT_FALSE(parsed.options);
  EXPECT_EQ(parsed.exit_code, kExitOk);
  const std::string help = output();
  for (const char* name : kVariables) EXPECT_NE(help.find(name), std::string::npos) << name;
  EXPECT_NE(help.find("replay"), std::string::npos);
  EXPECT_NE(help.find("check"), std::string::npos);
  EXPECT_NE(help.find("config"), std::string::npos);
}

TEST_F(OptionsTest, KnowTheOtherCommands) {
  EXPECT_EQ(parse({"check"}).options->command, Command::Check);
  const ParsedOptions replay = parse({"replay", "/dev/null", "/dev/zero"});
  ASSERT_TRUE(replay.options);
  EXPECT_EQ(replay.options->command, Command::Replay);
  EXPECT_EQ(replay.options->recordings, (std::vector<std::string>{"/dev/null", "/dev/zero"}));
}

TEST_F(OptionsTest, KnowWhatToDoWithVersionsOfTheContent) {
  EXPECT_EQ(parse({"config", "list"}).options->command, Command::Config);
  EXPECT_EQ(parse({"config", "list"}).options->config.verb, ConfigVerb::List);
  EXPECT_EQ(parse({"config", "reload"}).options->config.verb, ConfigVerb::Reload);
  EXPECT_EQ(parse({"config", "status"}).options->config.verb, ConfigVerb::Status);
  EXPECT_EQ(parse({"config", "show", "3"}).options->config.version, 3u);
  EXPECT_EQ(parse({"config", "diff", "3"}).options->config.other, std::nullopt);
  EXPECT_EQ(parse({"config", "diff", "3", "5"}).options->config.other, 5u);
  const Options check = *parse({"config", "check", "--dir", "elsewhere", "--against", "live"}).options;
  EXPECT_EQ(check.config.dir, "elsewhere");
  EXPECT_EQ(check.config.against, "live");
  setenv("USER", "ben", 1);
  const Options rollback = *parse({"config", "rollback", "2", "--author", "ann", "--reason", "why"}).options;
  EXPECT_EQ(rollback.config.verb, ConfigVerb::Rollback);
  EXPECT_EQ(rollback.config.version, 2u);
  EXPECT_EQ(rollback.config.author, "ann");
  EXPECT_EQ(rollback.config.reason, "why");
  EXPECT_EQ(parse({"config", "export", "2", "out"}).options->config.dir, "out");
  EXPECT_EQ(parse({"config", "import", "/tmp"}).options->config.dir, "/tmp");
  EXPECT_EQ(parse({"config", "list", "--data-dir", "d"}).options->data_dir, "d") << "flags may come last";
}

}  // namespace
}  // namespace throng::app
