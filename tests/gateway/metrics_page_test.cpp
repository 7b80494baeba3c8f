#include "gateway/metrics_page.h"

#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "base/counters.h"

namespace throng::gateway {
namespace {

std::vector<std::string> lines_of(const std::string& page) {
  std::vector<std::string> lines;
  std::istringstream in(page);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(MetricsPage, IsPrometheusTextWithEachFamilyDescribedOnceBeforeItsSamples) {
  const std::regex help(R"(# HELP ([a-z_]+) (\S.*))");
  const std::regex type(R"(# TYPE ([a-z_]+) counter)");
  const std::regex sample(R"re(([a-z_]+)(\{[a-z_]+="[^"\\\n]*"(,[a-z_]+="[^"\\\n]*")*\})? [0-9]+)re");
  const std::string page = metrics_page();
  ASSERT_FALSE(page.empty());
  EXPECT_EQ(page.back(), '\n');
  std::set<std::string> helped, typed, samples;
  std::string family;
  for (const std::string& line : lines_of(page)) {
    std::smatch match;
    if (std::regex_match(line, match, help)) {
      EXPECT_TRUE(helped.insert(match[1]).second) << line;
      family = match[1];
    } else if (std::regex_match(line, match, type)) {
      EXPECT_TRUE(typed.insert(match[1]).second) << line;
      EXPECT_EQ(family, match[1]) << line;
    } else {
      ASSERT_TRUE(std::regex_match(line, match, sample)) << line;
      EXPECT_EQ(family, match[1]) << line;
      EXPECT_TRUE(samples.insert(match[1].str() + match[2].str()).second) << line;
    }
  }
  EXPECT_EQ(helped, typed);
  EXPECT_EQ(samples.size(), kCounterCount);
}

TEST(MetricsPage, ShowsWhatWasCounted) {
  const std::uint64_t before = counted(Counter::MessageFlood);
  count(Counter::MessageFlood, 5);
  const std::string wanted = "throng_messages_rejected_total{reason=\"flood\"} " + std::to_string(before + 5) + "\n";
  EXPECT_NE(metrics_page().find(wanted), std::string::npos);
}

}  // namespace
}  // namespace throng::gateway
