#include "services/profile/folded_stacks.h"

#include <vector>

#include <gtest/gtest.h>

namespace throng::services {
namespace {

using Frames = std::vector<std::uintptr_t>;

TEST(FoldedStacks, HaveTheRootFirstAndTheMostFrequentOnTop) {
  SampleBuffer samples(64);
  samples.add(1, Frames{10, 21, 31});
  samples.add(2, Frames{10, 21});
  samples.add(2, Frames{10, 21});
  samples.add(3, Frames{10});
  const std::map<std::uintptr_t, std::string> names{{10, "leaf(int)"}, {20, "middle"}, {30, "main"}};
  const FoldedStacks folded =
      fold_stacks(samples, {{1, "worker 0"}, {2, "a;b"}},
                  [&](std::uintptr_t address) -> const std::string& { return names.at(address); });
  EXPECT_EQ(folded.text,
            "a:b;middle;leaf(int) 2\n"
            "thread;leaf(int) 1\n"
            "worker 0;main;middle;leaf(int) 1\n");
  EXPECT_EQ(folded.samples, 4u);
}

}  // namespace
}  // namespace throng::services
