#include "sim/space/integer_sqrt.h"

#include <gtest/gtest.h>

#include "base/rng.h"

namespace throng::sim {
namespace {

TEST(IntegerSqrt, IsTheLargestRootNotAbove) {
  EXPECT_EQ(integer_sqrt(0), 0u);
  EXPECT_EQ(integer_sqrt(1), 1u);
  EXPECT_EQ(integer_sqrt(200'000'000), 14'142u);
  EXPECT_EQ(integer_sqrt(~std::uint64_t{0}), 0xffff'ffffu);
  Rng rng(3);
  for (int i = 0; i < 2'000; ++i) {
    const std::uint64_t n = rng.next() >> rng.below(64);
    const std::uint64_t root = integer_sqrt(n);
    ASSERT_LE(root * root, n);
    if (root < 0xffff'ffffu) {
      ASSERT_GT((root + 1) * (root + 1), n);
    }
  }
}

TEST(IntegerSqrt, RoundsUpOnlyWhenThereIsARest) {
  EXPECT_EQ(integer_sqrt_up(0), 0u);
  EXPECT_EQ(integer_sqrt_up(9), 3u);
  EXPECT_EQ(integer_sqrt_up(10), 4u);
}

}  // namespace
}  // namespace throng::sim
