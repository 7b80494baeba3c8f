#include "base/log.h"

#include <gtest/gtest.h>

namespace throng {
namespace {

std::size_t lines_with(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

class LogTest : public ::testing::Test {
 protected:
  ~LogTest() override {
    set_log_level(before);
    set_log_format(LogFormat::Human);
  }
  const LogLevel before = log_level();
};

TEST_F(LogTest, WritesJsonWhenStandardErrorIsNoTerminal) {
  testing::internal::CaptureStderr();
  set_log_format(LogFormat::Auto);
  set_log_level(LogLevel::Info);
  log_info("a door was opened", {{"door", 7}});
  flush_log();
  const std::string written = testing::internal::GetCapturedStderr();
  EXPECT_EQ(written.substr(0, 9), "{\"time\":\"");
  EXPECT_NE(written.find("\"level\":\"info\",\"message\":\"a door was opened\",\"door\":7}\n"), std::string::npos);
}

TEST_F(LogTest, WritesForPeopleWhenToldTo) {
  testing::internal::CaptureStderr();
  set_log_format(LogFormat::Human);
  set_log_level(LogLevel::Info);
  log_info("a window was opened", {{"window", 7}});
  flush_log();
  EXPECT_NE(testing::internal::GetCapturedStderr().find("info  a window was opened window=7\n"), std::string::npos);
}

TEST_F(LogTest, FollowsItsLevelAtOnce) {
  testing::internal::CaptureStderr();
  set_log_level(LogLevel::Warning);
  EXPECT_EQ(log_level(), LogLevel::Warning);
  EXPECT_FALSE(log_enabled(LogLevel::Info));
  log_info("unheard");
  set_log_level(LogLevel::Debug);
  log_debug("heard");
  set_log_level(LogLevel::Off);
  log_error("nothing at all");
  EXPECT_EQ(log_level(), LogLevel::Off);
  const std::string written = testing::internal::GetCapturedStderr();
  EXPECT_EQ(lines_with(written, "\n"), 1u);
  EXPECT_EQ(lines_with(written, "heard"), 1u);
}

TEST_F(LogTest, CountsTheRestOfABurst) {
  testing::internal::CaptureStderr();
  set_log_level(LogLevel::Info);
  for (unsigned i = 0; i < kLogRepeatsPerSecondMax + 5; ++i) log_error("the same again");
  for (int i = 0; i < 3; ++i) log_warning_limited("a key", "limited");
  flush_log();
  const std::string written = testing::internal::GetCapturedStderr();
  EXPECT_LE(lines_with(written, "the same again"), kLogRepeatsPerSecondMax + 5);
  EXPECT_GE(lines_with(written, "held_back="), 1u);
}

}  // namespace
}  // namespace throng
