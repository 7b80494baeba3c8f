#include "services/profile/slow_tick_watch.h"

#include <gtest/gtest.h>

namespace throng::services {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class SlowTickWatchTest : public ::testing::Test {
 protected:
  void tick(Nanoseconds at, Nanoseconds took) {
    room::TickProfile profile;
    profile.interval = milliseconds(80);
    profile.began = MonotonicTime{} + at;
    profile.at(room::RoomPhase{}) = took;
    watch.tick_done(profile);
  }
  bool was_noticed() { return noticed.exchange(false); }

  std::atomic<bool> noticed{false};
  SlowTickWatch watch{{.ticks = 3, .within = seconds(10)}, noticed};
};

TEST_F(SlowTickWatchTest, NoticesARun) {
  tick(seconds(1), milliseconds(41));
  tick(seconds(2), milliseconds(50));
  EXPECT_FALSE(was_noticed());
  tick(seconds(11), milliseconds(60));
  EXPECT_TRUE(was_noticed());
}

TEST_F(SlowTickWatchTest, OverlooksQuickTicksAndRareSlowOnes) {
  for (int i = 0; i < 100; ++i) tick(milliseconds(50 * i), milliseconds(40));
  EXPECT_FALSE(was_noticed());
  for (int i = 0; i < 100; ++i) tick(seconds(10 + 6 * i), milliseconds(80));
  EXPECT_FALSE(was_noticed());
}

TEST_F(SlowTickWatchTest, BeginsAnewAfterARun) {
  for (int i = 0; i < 3; ++i) tick(seconds(i), milliseconds(80));
  EXPECT_TRUE(was_noticed());
  for (int i = 3; i < 5; ++i) tick(seconds(i), milliseconds(80));
  EXPECT_FALSE(was_noticed());
  tick(seconds(5), milliseconds(80));
  EXPECT_TRUE(was_noticed());
}

}  // namespace
}  // namespace throng::services
