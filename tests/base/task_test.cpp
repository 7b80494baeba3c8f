#include "base/task.h"

#include <array>
#include <memory>

#include <gtest/gtest.h>

namespace throng {
namespace {

TEST(Task, RunsSmallAndLargeCaptures) {
  int sum = 0;
  Task small([&sum] { sum += 1; });
  std::array<int, 100> large{};
  large[99] = 10;
  Task boxed([&sum, large] { sum += large[99]; });
  Task moved = std::move(boxed);
  small();
  moved();
  EXPECT_EQ(sum, 11);
  EXPECT_FALSE(static_cast<bool>(boxed));  // NOLINT: a moved-from task is empty by contract
}

TEST(Task, DestroysWhatItHeldExactlyOnce) {
  const auto held = std::make_shared<int>(1);
  {
    Task first([held] {});
    Task second = std::move(first);
    first = std::move(second);
    EXPECT_EQ(held.use_count(), 2);
  }
  EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace throng
