#include "base/metric_cells.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/counters.h"

namespace throng::cells {
namespace {

constexpr std::uint32_t kSpare = 0;  // nobody's

TEST(MetricCells, KeepWhatEndedThreadsCounted) {
  const std::uint64_t before = sum(kSpare);
  for (int i = 0; i < 3; ++i) std::thread([] { add(kSpare, 5); }).join();
  EXPECT_EQ(sum(kSpare), before + 15);
}

TEST(MetricCells, DoNotGrowWhenThreadsComeAndGo) {
  std::thread([] { add(kSpare, 1); }).join();
  const std::size_t rows = row_count();
  for (int i = 0; i < 200; ++i) std::thread([] { add(kSpare, 1); }).join();
  EXPECT_EQ(row_count(), rows);
}

TEST(MetricCells, LoseNothingWhenManyCountAtOnceAndOneReads) {
  constexpr int kThreads = 4;
  constexpr std::uint64_t kEach = 100'000;
  const std::uint64_t before = sum(kSpare);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([] {
      for (std::uint64_t n = 0; n < kEach; ++n) add(kSpare, 1);
    });
  }
  std::uint64_t last = before;
  for (int i = 0; i < 100; ++i) {
    const std::uint64_t now = sum(kSpare);
    EXPECT_GE(now, last);
    last = now;
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(sum(kSpare), before + kThreads * kEach);
  EXPECT_EQ(sum_all()[kSpare], before + kThreads * kEach);
}

/// Counts when the thread's own things are torn down, perhaps after its row was given back.
struct CountsAtTheEnd {
  ~CountsAtTheEnd() { add(kSpare, 1); }
};

TEST(MetricCells, CountForThreadsThatAreEnding) {
  const std::uint64_t before = sum(kSpare);
  std::thread([] {
    static thread_local CountsAtTheEnd at_the_end;  // made first, so it ends last
    static_cast<void>(at_the_end);
    add(kSpare, 1);
  }).join();
  EXPECT_EQ(sum(kSpare), before + 2);
}

}  // namespace
}  // namespace throng::cells
