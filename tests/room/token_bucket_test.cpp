#include "room/token_bucket.h"

#include <gtest/gtest.h>

namespace throng::room {
namespace {

int taken(TokenBucket& bucket, std::int64_t now_ms, int tries) {
  int count = 0;
  for (int i = 0; i < tries; ++i) count += bucket.take(now_ms) ? 1 : 0;
  return count;
}

TEST(TokenBucket, LetsTheBurstThroughAtOnceAndNoMore) {
  TokenBucket bucket(10, 20);
  EXPECT_EQ(taken(bucket, 5'000'000, 100), 20);
}

TEST(TokenBucket, RefillsAtItsRate) {
  TokenBucket bucket(10, 20);
  taken(bucket, 1000, 100);
  EXPECT_EQ(taken(bucket, 1000 + 99, 10), 0);
  EXPECT_EQ(taken(bucket, 1000 + 100, 10), 1);
  EXPECT_EQ(taken(bucket, 1000 + 600, 10), 5);
}

TEST(TokenBucket, NeverHoldsMoreThanTheBurst) {
  TokenBucket bucket(10, 3);
  EXPECT_EQ(taken(bucket, 3'600'000, 100), 3);
  EXPECT_EQ(taken(bucket, 360'000'000, 100), 3);
}

TEST(TokenBucket, KeepsTheAverageOverManySmallSteps) {
  TokenBucket bucket(7, 1);
  int count = 0;
  for (std::int64_t ms = 0; ms < 10'000; ms += 3) count += taken(bucket, ms, 2);
  EXPECT_NEAR(count, 70, 2);
}

TEST(TokenBucket, OfNothingLetsNothingThrough) {
  TokenBucket bucket;
  EXPECT_FALSE(bucket.take(1'000'000));
}

}  // namespace
}  // namespace throng::room
