#include "load/histogram.h"

#include <gtest/gtest.h>

namespace throng::bench {
namespace {

TEST(Histogram, IsEmptyAtFirst) {
  const Histogram histogram;
  EXPECT_EQ(histogram.count(), 0u);
  EXPECT_EQ(histogram.percentile(0.99), 0);
  EXPECT_EQ(histogram.mean(), 0);
}

TEST(Histogram, ShortDurationsAreExact) {
  Histogram histogram;
  for (int i = 1; i <= 100; ++i) histogram.record(i);
  EXPECT_EQ(histogram.percentile(0.5), 50);
  EXPECT_EQ(histogram.percentile(0.99), 99);
  EXPECT_EQ(histogram.percentile(1.0), 100);
  EXPECT_DOUBLE_EQ(histogram.mean(), 50.5);
}

TEST(Histogram, PercentilesAreAtMostOneSixtyFourthTooHigh) {
  for (std::int64_t value : {127, 128, 129, 255, 256, 50'000, 60'001, 123'456'789}) {
    Histogram histogram;
    histogram.record(value);
    histogram.record(std::int64_t{1} << 35);  // so that the maximum does not clip the bucket's edge
    const std::int64_t read = histogram.percentile(0.5);
    EXPECT_GE(read, value);
    EXPECT_LE(static_cast<double>(read), static_cast<double>(value) * (1 + 1.0 / 64)) << value;
  }
}

TEST(Histogram, ValuesOutOfRangeCountAtTheEnds) {
  Histogram histogram;
  histogram.record(-5);
  histogram.record(std::int64_t{1} << 50);
  EXPECT_EQ(histogram.percentile(0.5), 0);
  EXPECT_EQ(histogram.max(), (std::int64_t{1} << 36) - 1);
}

}  // namespace
}  // namespace throng::bench
