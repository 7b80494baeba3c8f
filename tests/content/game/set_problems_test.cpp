#include "content/game/set_problems.h"

#include <cstdlib>
#include <fstream>
#include <regex>

#include <gtest/gtest.h>

#include "content/game/broken_sets.h"
#include "content/game/shipped_set.h"
#include "content/game/small_set.h"
#include "support/files.h"

namespace throng::content {
namespace {

constexpr std::size_t kBrokenSets = 200;
constexpr std::size_t kBrokenShippedSets = 40;  ///< each reads the shipped maps anew, a quarter of a second in debug

/// Each line says where, what was found and what was expected.
void expect_useful(const std::string& message) {
  static const std::regex line(R"([a-z_]+\.json:[0-9]+:[0-9]+: \$[^ ]*: found .*(, expected|; did you mean) .*)");
  std::istringstream lines(message);
  for (std::string one; std::getline(lines, one);) {
    const bool more = one.find(": and ") != std::string::npos && one.ends_with(" more");
    EXPECT_TRUE(more || std::regex_match(one, line)) << one;
  }
  EXPECT_FALSE(message.empty());
}

/// Not of the shipped set, so that whoever changes a number there need not look here.
TEST(BrokenContent, IsToldAsInTheGoldenFile) {
  std::string told;
  const ContentTexts whole = test::small_set();
  for (const test::BrokenSet& broken : test::SetBreaker(whole).pick(kBrokenSets)) {
    told += "# " + broken.what + "\n" + test::set_problems(broken.texts) + "\n\n";
  }
  const std::string path = "tests/golden/broken_content.txt";
  if (std::getenv("THRONG_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(std::string(THRONG_SOURCE_DIR) + "/" + path, std::ios::binary) << told;
  }
  EXPECT_EQ(shipped_file(path), told) << "set THRONG_UPDATE_GOLDEN=1, and review the difference";
}

TEST(BrokenContent, NoBrokenSetLoads) {
  const ContentTexts small = test::small_set();
  const ContentTexts shipped = test::shipped_set();
  struct Whole {
    const ContentTexts& texts;
    std::span<const EffectFormat> formats;
    std::size_t count;
  };
  for (const Whole& whole : {Whole{small, test::small_formats(), kBrokenSets},
                             Whole{shipped, test::shipped_formats(), kBrokenShippedSets}}) {
    const std::vector<test::BrokenSet> all = test::SetBreaker(whole.texts).pick(whole.count);
    EXPECT_GE(all.size(), whole.count * 9 / 10);
    for (const test::BrokenSet& broken : all) {
      SCOPED_TRACE(broken.what);
      const auto content = load_content(broken.texts, whole.formats, nullptr);
      EXPECT_FALSE(content.has_value());
      if (!content) expect_useful(content.error().message);
    }
  }
}

TEST(SetProblems, AreToldByFileAndInItsOrder) {
  SetProblems problems;
  ASSERT_NE(problems.read("b.json", "{\"x\": 1,\n \"y\": [2, 3]}"), nullptr);
  ASSERT_NE(problems.read("a.json", "{}"), nullptr);
  EXPECT_FALSE(problems.any());
  problems.add_line("map: last");
  problems.at("a.json", {}, "fourth");
  problems.at("b.json", {"y", std::size_t{1}}, "third");
  problems.at("b.json:2:8: $.y[0]", "second");
  problems.at("b.json", {"x"}, "first");
  EXPECT_EQ(problems.verdict().error().message,
            "b.json:1:7: $.x: first\nb.json:2:8: $.y[0]: second\nb.json:2:11: $.y[1]: third\na.json:1:1: $: fourth\n"
            "map: last");
}

TEST(SetProblems, AMemberThatIsNotThereIsToldAtItsObject) {
  SetProblems problems;
  ASSERT_NE(problems.read("a.json", "{\"x\": {\"y\": 1}}"), nullptr);
  problems.at("a.json", {"x", "z"}, "no z");
  EXPECT_EQ(problems.verdict().error().message, "a.json:1:7: $.x: no z");
}

}  // namespace
}  // namespace throng::content
