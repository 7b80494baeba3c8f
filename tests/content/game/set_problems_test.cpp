#include "content/game/set_problems.h"

#include <cstdlib>
#include <fstream>
#include <regex>

#include <gtest/gtest.h>

#include "content/game/broken_sets.h"
#include "content/game/shipped_set.h"
#include "content/game/small_set.h"
#include "support/files.h"
#include "support/source_dir.h"

namespace throng::content {
namespace {

constexpr std::size_t kBrokenSets = 200;

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

struct WholeSet {
  std::string golden;
  ContentTexts texts;
  std::span<const EffectFormat> formats;
};

WholeSet small() { return {"tests/golden/broken_content.txt", test::small_set(), test::small_formats()}; }
WholeSet shipped() { return {"tests/golden/broken_shipped_content.txt", test::shipped_set(), test::shipped_formats()}; }

/// Every break of the whole set, tried as a reload; none may load.
std::string problems_of_broken_sets(const WholeSet& whole) {
  const auto live = load_content(whole.texts, whole.formats, nullptr);
  EXPECT_TRUE(live.has_value());
  if (!live) return {};
  const std::vector<test::BrokenSet> all = test::SetBreaker(whole.texts).pick(kBrokenSets);
  EXPECT_EQ(all.size(), kBrokenSets);
  std::string told;
  for (const test::BrokenSet& broken : all) {
    SCOPED_TRACE(broken.what);
    const auto content = load_content(broken.texts, whole.formats, live->get());
    EXPECT_FALSE(content.has_value());
    if (content) continue;
    expect_useful(content.error().message);
    told += "# " + broken.what + "\n" + content.error().message + "\n\n";
  }
  return told;
}

void expect_as_in_the_golden_file(const WholeSet& whole) {
  const std::string told = problems_of_broken_sets(whole);
  if (std::getenv("THRONG_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(source_dir() + "/" + whole.golden, std::ios::binary) << told;
  }
  EXPECT_EQ(shipped_file(whole.golden), told) << "set THRONG_UPDATE_GOLDEN=1, and review the difference";
}

TEST(BrokenContent, OfTheSmallSetIsToldAsInTheGoldenFile) { expect_as_in_the_golden_file(small()); }

/// Whoever changes a file that ships writes this golden file anew: its lines and columns are those of the files.
TEST(BrokenContent, OfTheShippedSetIsToldAsInTheGoldenFile) { expect_as_in_the_golden_file(shipped()); }

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
