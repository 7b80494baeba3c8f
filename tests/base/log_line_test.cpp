#include "base/log_line.h"

#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace throng {
namespace {

std::string json_of(std::string_view text, const std::vector<LogField>& fields = {}) {
  return json_line({.unix_ms = 1'700'000'000'123, .level = LogLevel::Info, .text = text, .fields = fields});
}
std::string human_of(std::string_view text, const std::vector<LogField>& fields = {}) {
  return human_line({.unix_ms = 0, .level = LogLevel::Info, .text = text, .fields = fields});
}

TEST(LogLine, IsOneJsonObjectWithEveryField) {
  EXPECT_EQ(
      json_of(
          "a room was made",
          {{"room", std::string("abc")}, {"players", 5}, {"least", std::int64_t{-3}}, {"share", 0.5}, {"kept", true}}),
      R"({"time":"2023-11-14T22:13:20.123Z","level":"info","message":"a room was made","room":"abc","players":5,)"
      R"("least":-3,"share":0.5,"kept":true})");
}

TEST(LogLine, TellsWhatWasHeldBackAndWhoseItIs) {
  const std::string line = json_line({.unix_ms = 0,
                                      .level = LogLevel::Warning,
                                      .text = "again",
                                      .fields = {},
                                      .held_back = 7,
                                      .trace_id = "4bf92f3577b34da6a3ce929d0e0e4736",
                                      .span_id = "00f067aa0ba902b7"});
  EXPECT_NE(line.find(R"("level":"warning")"), std::string::npos);
  EXPECT_NE(line.find(R"("held_back":7,"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7"})"),
            std::string::npos);
}

TEST(LogLine, IsReadableForPeople) {
  EXPECT_EQ(human_of("a room was made", {{"room", std::string_view("abc")}, {"players", 5}, {"why", "it was asked"}}),
            R"(a room was made room=abc players=5 why="it was asked")");
  EXPECT_EQ(human_of("empty", {{"name", ""}}), R"(empty name="")");
}

TEST(LogLine, CannotBeForgedByWhatItQuotes) {
  EXPECT_EQ(human_of("bad\nname"), "bad\\nname");
  EXPECT_EQ(human_of("x", {{"name", "a level=error"}, {"other", "a=\"b"}}), R"(x name="a level=error" other="a=\"b")");
  const std::string line = json_of("x", {{"name", "\",\"level\":\"error"}});
  EXPECT_NE(line.find(R"("name":"\",\"level\":\"error"})"), std::string::npos);
}

TEST(LogLine, ReplacesWhatIsNotUtf8) {
  EXPECT_NE(json_of("a\xFFz").find("a\xEF\xBF\xBDz"), std::string::npos);
  EXPECT_NE(json_of("\xC3").find("\"message\":\"\xEF\xBF\xBD\""), std::string::npos);          // cut short
  EXPECT_NE(json_of("\xED\xA0\x80").find("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"), std::string::npos);  // a surrogate
  EXPECT_NE(json_of("\xC3\xA4\xF0\x9F\x90\x89").find("\xC3\xA4\xF0\x9F\x90\x89"), std::string::npos);
}

TEST(LogLine, HasNoNumbersThatJsonDoesNotKnow) {
  EXPECT_NE(json_of("x", {{"share", std::numeric_limits<double>::quiet_NaN()}}).find("\"share\":null"),
            std::string::npos);
}

TEST(LogLine, IsNeverLongerThanItsBound) {
  const std::string endless(1 << 20, '\x01');  // six bytes each when escaped
  std::vector<LogField> fields;
  for (int i = 0; i < 50; ++i) fields.emplace_back(endless, endless);
  for (const std::string& line : {json_of(endless, fields), human_of(endless, fields)}) {
    EXPECT_LE(line.size(), kLogLineBytesMax);
    EXPECT_NE(line.find("…"), std::string::npos);
  }
  const std::string exact(100, 'x');
  EXPECT_NE(json_of(exact).find(exact + '"'), std::string::npos);
}

TEST(LogLine, SurvivesAnyBytes) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 500; ++i) {
    std::string bytes(random() % 200, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    const std::string line = json_of(bytes, {{"bytes", bytes}});
    EXPECT_EQ(line.find_first_of(std::string("\n\r\0", 3)), std::string::npos);
    EXPECT_EQ(line.substr(line.size() - 2), "\"}");
  }
}

TEST(LogLevelNames, AreReadAsTheyAreWritten) {
  for (const LogLevel level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error, LogLevel::Off})
    EXPECT_EQ(log_level_named(log_level_name(level)), level);
  EXPECT_EQ(log_level_named("warn"), LogLevel::Warning);
  EXPECT_EQ(log_level_named("loud"), std::nullopt);
}

}  // namespace
}  // namespace throng
