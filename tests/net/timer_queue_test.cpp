#include "net/timer_queue.h"

#include <gtest/gtest.h>

#include "base/rng.h"

namespace throng::net {
namespace {

MonotonicTime at_ms(int milliseconds) { return MonotonicTime(std::chrono::milliseconds(milliseconds)); }

std::vector<int> run_all(TimerQueue& timers, std::vector<int>& ran, MonotonicTime now) {
  while (Task task = timers.pop_due(now, timers.mark())) task();
  return ran;
}

TEST(TimerQueue, RunsInTheOrderOfTimeThenOfSetting) {
  TimerQueue timers;
  std::vector<int> ran;
  for (const int when : {30, 10, 20, 10}) timers.add(at_ms(when), [&ran, when] { ran.push_back(when); });
  EXPECT_EQ(timers.next_time(), at_ms(10));
  EXPECT_EQ(run_all(timers, ran, at_ms(25)), (std::vector<int>{10, 10, 20}));
  EXPECT_EQ(timers.size(), 1u);
}

TEST(TimerQueue, ForgetsCancelledTimersAndIgnoresOldIds) {
  TimerQueue timers;
  std::vector<int> ran;
  const TimerId first = timers.add(at_ms(1), [&ran] { ran.push_back(1); });
  timers.add(at_ms(2), [&ran] { ran.push_back(2); });
  timers.cancel(first);
  timers.cancel(first);
  const TimerId reused = timers.add(at_ms(3), [&ran] { ran.push_back(3); });
  timers.cancel(first);
  EXPECT_EQ(reused.slot, first.slot);
  EXPECT_EQ(run_all(timers, ran, at_ms(9)), (std::vector<int>{2, 3}));
}

TEST(TimerQueue, LeavesTimersBehindTheMarkForLater) {
  TimerQueue timers;
  const std::uint64_t mark = timers.mark();
  timers.add(at_ms(0), [] {});
  EXPECT_FALSE(timers.pop_due(at_ms(1), mark));
  EXPECT_TRUE(timers.pop_due(at_ms(1), timers.mark()));
}

TEST(TimerQueue, StaysSortedUnderRandomCancelling) {
  TimerQueue timers;
  Rng rng(11);
  std::vector<int> ran;
  std::vector<TimerId> ids;
  for (int i = 0; i < 500; ++i) {
    const int when = rng.between(0, 1000);
    ids.push_back(timers.add(at_ms(when), [&ran, when] { ran.push_back(when); }));
  }
  for (int i = 0; i < 250; ++i) timers.cancel(ids[rng.below(500)]);
  const std::size_t left = timers.size();
  run_all(timers, ran, at_ms(1000));
  EXPECT_EQ(ran.size(), left);
  EXPECT_TRUE(std::is_sorted(ran.begin(), ran.end()));
}

}  // namespace
}  // namespace throng::net
