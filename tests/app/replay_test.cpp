#include "app/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/configuration.h"
#include "app/exit_codes.h"
#include "app/shipped_configuration.h"
#include "room/kinds/world_recorder.h"
#include "room/kinds/world_room.h"
#include "room/logic_room.h"
#include "services/recording/file_recordings.h"

namespace throng::app {
namespace {

using ::testing::HasSubstr;

/// A world on the shipped meadow, recorded to a file while somebody walks in it.
class ReplayTest : public ::testing::Test {
 protected:
  void SetUp() override {
    options.config_dir = files.path();
    options.command = Command::Replay;
    options.recordings = {files.path("recordings/room1.trec")};
    const Result<Configuration> loaded = load_configuration(options);
    ASSERT_TRUE(loaded) << loaded.error().message;
    auto sink = services::open_file_recordings(files.path("recordings"));
    ASSERT_TRUE(sink);
    const room::WorldRoomSettings settings{loaded->content->maps.at("meadow"), loaded->content, 77, sink->get()};
    room::test::LogicRoom room(*loaded->rooms.find("world"),
                               [settings](room::RoomControl& control) { return make_world_room(control, settings); });
    room.enter(1, "ann");
    for (std::uint32_t i = 0; i < 30; ++i) {
      room.say(1, "move", room::test::move_payload(i % 2, 1, i));
      room.step(2);
    }
    room.room.dispose();
  }

  /// What it says; `exit_code` is set.
  std::string replayed() {
    ::testing::internal::CaptureStdout();
    exit_code = replay_files(options);
    std::fflush(stdout);
    return ::testing::internal::GetCapturedStdout();
  }

  test::ShippedConfiguration files;
  Options options;
  int exit_code = -1;
};

TEST_F(ReplayTest, OfARecordedRoomIsEqual) {
  const std::string said = replayed();
  EXPECT_EQ(exit_code, kExitOk) << said;
  EXPECT_THAT(said, HasSubstr("equal: ticks 0 to 60, 31 intents"));
}

TEST_F(ReplayTest, OfARecordingThatBreaksOffGoesAsFarAsItCan) {
  const std::string whole = files.read("recordings/room1.trec");
  files.write("recordings/room1.trec", whole.substr(0, whole.size() - 3));
  const std::string said = replayed();
  EXPECT_EQ(exit_code, kExitOk) << said;
  EXPECT_THAT(said, HasSubstr("ends within a record"));
}

TEST_F(ReplayTest, OnOtherContentFails) {
  ASSERT_TRUE(files.replace("content/monsters.json", "\"max_hp\": 40", "\"max_hp\": 41"));
  const std::string said = replayed();
  EXPECT_EQ(exit_code, kExitFailed);
  EXPECT_THAT(said, HasSubstr("FAILED"));
}

TEST_F(ReplayTest, OfSomethingElseFailsAndTheOtherFilesAreStillReplayed) {
  files.write("recordings/other.trec", "this is no recording");
  options.recordings.insert(options.recordings.begin(), files.path("recordings/other.trec"));
  const std::string said = replayed();
  EXPECT_EQ(exit_code, kExitFailed);
  EXPECT_THAT(said, HasSubstr("other.trec: FAILED"));
  EXPECT_THAT(said, HasSubstr("room1.trec: equal"));
}

}  // namespace
}  // namespace throng::app
