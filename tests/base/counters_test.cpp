#include "base/counters.h"

#include <gtest/gtest.h>

#include <thread>

namespace throng {
namespace {

TEST(Counters, AddUpOverThreads) {
  const std::uint64_t before = counted(Counter::Oddities);
  const std::uint64_t neighbour = counted(Counter::ConnectionsOpened);
  count(Counter::Oddities, 2);
  std::thread([] { count(Counter::Oddities); }).join();
  EXPECT_EQ(counted(Counter::Oddities), before + 3);
  EXPECT_EQ(counted(Counter::ConnectionsOpened), neighbour);
}

TEST(Counters, AreCalledTotalAndDescribed) {
  std::string_view family;
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    const CounterInfo& info = counter_info(static_cast<Counter>(i));
    EXPECT_TRUE(info.metric.ends_with("_total")) << info.metric;
    if (info.metric != family) {
      EXPECT_FALSE(info.help.empty()) << info.metric;
    }
    family = info.metric;
  }
}

}  // namespace
}  // namespace throng
