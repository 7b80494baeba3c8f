#include "services/recording/file_recordings.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "base/log.h"
#include "support/temporary_folder.h"

namespace throng::services {
namespace {

std::vector<std::uint8_t> bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

class FileRecordingsTest : public ::testing::Test {
 protected:
  FileRecordingsTest() { set_log_level(LogLevel::Off); }  // refusals are logged, and meant here
  ~FileRecordingsTest() override { set_log_level(LogLevel::Error); }

  std::unique_ptr<room::RecordingSink> open() {
    Result<std::unique_ptr<room::RecordingSink>> opened = open_file_recordings(folder.path("deep/er"));
    EXPECT_TRUE(opened) << opened.error().message;
    return *std::move(opened);
  }
  TemporaryFolder folder;
};

TEST_F(FileRecordingsTest, HaveWrittenEverythingInOrderWhenTheyAreClosed) {
  std::unique_ptr<room::RecordingSink> sink = open();
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    const std::string piece = std::to_string(i) + ",";
    EXPECT_TRUE(sink->append("room1", bytes_of(piece)));
    expected += piece;
  }
  EXPECT_TRUE(sink->append("room2", bytes_of("two")));
  sink.reset();
  EXPECT_EQ(folder.read("deep/er/room1.trec"), expected);
  EXPECT_EQ(folder.read("deep/er/room2.trec"), "two");
}

TEST_F(FileRecordingsTest, EndAStreamThatDoesNotFitTheQueueAndNoOther) {
  const std::unique_ptr<room::RecordingSink> sink = open();
  EXPECT_FALSE(sink->append("room1", std::vector<std::uint8_t>(kRecordingQueueBytesMax + 1)));
  EXPECT_FALSE(sink->append("room1", bytes_of("small")));
  EXPECT_TRUE(sink->append("room2", bytes_of("small")));
}

TEST_F(FileRecordingsTest, EndAStreamThatCannotBeWritten) {
  std::filesystem::create_directories(folder.path("deep/er/room1.trec"));  // a folder is in the way
  const std::unique_ptr<room::RecordingSink> sink = open();
  const auto give_up_at = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  bool refused = false;
  while (!refused && std::chrono::steady_clock::now() < give_up_at) {
    refused = !sink->append("room1", bytes_of("x"));
    std::this_thread::yield();
  }
  EXPECT_TRUE(refused);
}

TEST_F(FileRecordingsTest, SayWhenTheirFolderCannotBeMade) {
  folder.write("file", "in the way");
  const auto opened = open_file_recordings(folder.path("file/recordings"));
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().message.find("file/recordings"), std::string::npos);
}

}  // namespace
}  // namespace throng::services
