#include "base/rng.h"

#include <gtest/gtest.h>

namespace throng {
namespace {

TEST(Rng, GivesTheSameStreamForTheSameSeedEverywhere) {
  Rng rng(42);
  EXPECT_EQ(rng.next(), 1546998764402558742u);
}

TEST(Rng, StaysInsideItsBounds) {
  Rng rng(7);
  for (int i = 0; i < 10'000; ++i) {
    EXPECT_LT(rng.below(10), 10u);
    const std::int32_t value = rng.between(-3, 3);
    EXPECT_GE(value, -3);
    EXPECT_LE(value, 3);
  }
}

}  // namespace
}  // namespace throng
