#include "sim/ai/transitions_page.h"

#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "sim/ai/transitions.h"
#include "support/source_dir.h"

namespace throng::sim {
namespace {

std::string committed_page() {
  std::ifstream in(source_dir() + "/" + std::string(kTransitionsPage), std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(TransitionsPage, IsTheCommittedOne) {
  const std::string page = committed_page();
  ASSERT_FALSE(page.empty());
  EXPECT_NE(page.find(transitions_markdown()), std::string::npos) << kTransitionsPage << " is old: ./dev gen";
  EXPECT_EQ(with_transitions(page), page) << kTransitionsPage << " is old: ./dev gen";
}

TEST(TransitionsPage, HasEveryRowOfTheTable) {
  const std::string text = transitions_markdown();
  for (const Transition& row : transitions()) EXPECT_NE(text.find(row.when), std::string::npos) << row.when;
  EXPECT_NE(text.find("stateDiagram-v2"), std::string::npos);
}

TEST(TransitionsPage, WithoutMarkersStaysAsItIs) { EXPECT_EQ(with_transitions("some text\n"), "some text\n"); }

}  // namespace
}  // namespace throng::sim
