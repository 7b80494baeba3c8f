#include "services/reload/content_watcher.h"

#include <gtest/gtest.h>

#include <poll.h>

#include <filesystem>

#include "support/temporary_folder.h"

namespace throng::services {
namespace {

namespace fs = std::filesystem;
using WatcherClock = ContentWatcher::Clock;

class ContentWatcherTest : public ::testing::Test {
 protected:
  ContentWatcherTest() {
    folder.write("config/content/skills.json", "1");
    folder.write("config/content/maps/meadow.tmj", "1");
    watcher.emplace(*ContentWatcher::open(folder.path("config/content")));
  }

  /// Whether what happened since the last call is worth a look. The time of the watcher is ours; events are waited for.
  bool noticed() {
    pollfd event{watcher->fd(), POLLIN, 0};
    if (poll(&event, 1, 0) == 1) watcher->read_events(now);
    if (!watcher->wait(now)) return false;
    now += kQuietTime;
    return watcher->due(now);
  }

  TemporaryFolder folder;
  std::optional<ContentWatcher> watcher;
  WatcherClock::time_point now{};
};

TEST_F(ContentWatcherTest, IsQuietWhenNothingHappens) {
  EXPECT_FALSE(noticed());
  EXPECT_FALSE(watcher->due(now + std::chrono::hours(1)));
}

TEST_F(ContentWatcherTest, NoticesAFileThatIsWritten) {
  folder.write("config/content/skills.json", "2");
  EXPECT_TRUE(noticed());
  EXPECT_FALSE(noticed()) << "once";
  folder.write("config/content/maps/meadow.tmj", "2");
  EXPECT_TRUE(noticed());
}

TEST_F(ContentWatcherTest, NoticesEditorsThatWriteBesideAndRename) {
  for (int i = 0; i < 3; ++i) {
    folder.write("config/content/.skills.json.swp", std::to_string(i));
    fs::rename(folder.path("config/content/.skills.json.swp"), folder.path("config/content/skills.json"));
    EXPECT_TRUE(noticed()) << i;
  }
}

TEST_F(ContentWatcherTest, NoticesFilesThatComeAndGo) {
  folder.write("config/content/maps/new.tmx", "1");
  EXPECT_TRUE(noticed());
  fs::remove(folder.path("config/content/maps/new.tmx"));
  EXPECT_TRUE(noticed());
}

TEST_F(ContentWatcherTest, NoticesAFolderThatIsReplaced) {
  folder.write("config/next/skills.json", "2");
  fs::rename(folder.path("config/content"), folder.path("config/before"));
  fs::rename(folder.path("config/next"), folder.path("config/content"));
  EXPECT_TRUE(noticed());
  noticed();
  folder.write("config/content/skills.json", "3");
  EXPECT_TRUE(noticed()) << "the new one is watched";
  folder.write("config/before/skills.json", "4");
  EXPECT_FALSE(noticed()) << "the old one is not";
}

TEST_F(ContentWatcherTest, NoticesMapsThatAreMadeLater) {
  fs::remove_all(folder.path("config/content/maps"));
  EXPECT_TRUE(noticed());
  folder.write("config/content/maps/meadow.tmj", "2");
  EXPECT_TRUE(noticed());
  folder.write("config/content/maps/meadow.tmj", "3");
  EXPECT_TRUE(noticed());
}

TEST_F(ContentWatcherTest, DoesNotMindWhatLiesBesideTheFolder) {
  folder.write("config/server.json", "1");
  folder.write("config/other/skills.json", "1");
  EXPECT_FALSE(noticed());
}

/// As a ConfigMap is mounted: the files are links through `..data`, which is switched.
TEST(ContentWatcherOfAConfigMap, NoticesTheSwitchAndTheNext) {
  TemporaryFolder folder;
  folder.write("content/..one/skills.json", "1");
  folder.write("content/..two/skills.json", "2");
  folder.write("content/..one/maps/a.tmj", "1");
  folder.write("content/..two/maps/a.tmj", "2");
  fs::create_symlink("..one", folder.path("content/..data"));
  fs::create_symlink("..data/skills.json", folder.path("content/skills.json"));
  fs::create_symlink("..data/maps", folder.path("content/maps"));
  ContentWatcher watcher = *ContentWatcher::open(folder.path("content"));
  WatcherClock::time_point now{};
  for (const char* const target : {"..two", "..one", "..two"}) {
    fs::create_symlink(target, folder.path("content/..data_tmp"));
    fs::rename(folder.path("content/..data_tmp"), folder.path("content/..data"));
    watcher.read_events(now);
    now += kQuietTime;
    EXPECT_TRUE(watcher.due(now)) << target;
    EXPECT_EQ(folder.read("content/skills.json"), target == std::string("..two") ? "2" : "1");
  }
}

TEST_F(ContentWatcherTest, WaitsForQuiet) {
  folder.write("config/content/skills.json", "2");
  watcher->read_events(now);
  EXPECT_EQ(watcher->wait(now), kQuietTime);
  now += kQuietTime / 2;
  EXPECT_FALSE(watcher->due(now));
  folder.write("config/content/skills.json", "3");
  watcher->read_events(now);
  now += kQuietTime / 2;
  EXPECT_FALSE(watcher->due(now));
  now += kQuietTime / 2;
  EXPECT_TRUE(watcher->due(now));
}

TEST_F(ContentWatcherTest, DoesNotWaitForeverWhenSomebodyNeverStopsWriting) {
  const WatcherClock::time_point end = now + kUnrestMax;
  while (now < end) {
    folder.write("config/content/skills.json", "x");
    watcher->read_events(now);
    ASSERT_FALSE(watcher->due(now));
    now += kQuietTime / 3;
  }
  EXPECT_TRUE(watcher->due(now));
}

TEST(ContentWatcherOfNothing, SaysSo) {
  TemporaryFolder folder;
  const auto opened = ContentWatcher::open(folder.path("nowhere"));
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().message.find("nowhere"), std::string::npos);
}

}  // namespace
}  // namespace throng::services
