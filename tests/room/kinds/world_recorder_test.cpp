#include "room/kinds/world_recorder.h"

#include <gtest/gtest.h>

#include "room/kinds/world_content.h"

namespace throng::room {
namespace {

class WorldRecorderTest : public ::testing::Test {
 protected:
  void run(WorldRecorder& recorder, int ticks) {
    for (int i = 0; i < ticks; ++i) {
      world.tick({});
      recorder.record({}, world);
    }
  }
  sim::World world{test::field_map(), test::slimes(3), {}, 5};
  test::KeptRecording kept;
};

TEST_F(WorldRecorderTest, StoresAboutOnceASecond) {
  WorldRecorder recorder(&kept, "room1", world);
  run(recorder, 59);
  EXPECT_EQ(kept.appends, 2);
  run(recorder, 1);
  EXPECT_EQ(kept.appends, 3);
}

TEST_F(WorldRecorderTest, StoresTheRestAtTheEndAndNothingTwice) {
  WorldRecorder recorder(&kept, "room1", world);
  run(recorder, 30);
  recorder.finish();
  recorder.finish();
  EXPECT_EQ(kept.appends, 2);
  const Result<sim::ReplaySummary> replayed = sim::replay(kept.bytes, test::field_map(), test::slimes(3));
  ASSERT_TRUE(replayed) << replayed.error().message;
  EXPECT_EQ(replayed->last.value, 30u);
  EXPECT_FALSE(replayed->first_difference);
}

TEST_F(WorldRecorderTest, StopsOnceItIsRefused) {
  WorldRecorder recorder(&kept, "room1", world);
  kept.refuses = true;
  run(recorder, 20);
  kept.refuses = false;
  run(recorder, 100);
  recorder.finish();
  EXPECT_EQ(kept.appends, 1);
  EXPECT_TRUE(kept.bytes.empty());
}

TEST_F(WorldRecorderTest, DoesNothingWithoutASink) {
  WorldRecorder recorder(nullptr, "room1", world);
  run(recorder, 40);
  recorder.finish();
  EXPECT_EQ(kept.appends, 0);
}

}  // namespace
}  // namespace throng::room
