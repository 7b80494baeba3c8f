#include "services/reload/reloader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <thread>

#include "services/content_store/memory_store.h"
#include "services/reload/playing_rooms.h"
#include "support/temporary_folder.h"

namespace throng::services::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ReloaderTest : public ::testing::Test {
 protected:
  ReloaderTest() { write(20); }

  void start(bool watch) {
    const content::ContentTexts texts = *read_content_folder(folder.path());
    LiveSet live = *keep_as_live(*store, texts, *load_trustingly(texts, nullptr), {"ann", "start"});
    reloader = std::make_unique<Reloader>(ReloadSettings{folder.path(), watch, load_trustingly}, *store, rooms, live);
    ASSERT_TRUE(reloader->start());
  }
  void write(int mana_cost) { ASSERT_TRUE(write_content_folder(folder.path(), set_with(mana_cost))); }
  ReloadOutcome reload() { return *reloader->reload({"ben", "because"}); }
  static void wait_until(const std::function<bool()>& holds) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!holds()) {
      ASSERT_LT(std::chrono::steady_clock::now(), give_up);
      std::this_thread::yield();
    }
  }

  TemporaryFolder folder;
  std::unique_ptr<ContentStore> store = make_memory_content_store();
  PlayingRooms rooms;
  std::unique_ptr<Reloader> reloader;
};

TEST_F(ReloaderTest, HandsAChangedSetToTheRoomsAndKeepsIt) {
  start(false);
  write(25);
  const ReloadOutcome outcome = reload();
  EXPECT_TRUE(outcome.accepted);
  EXPECT_TRUE(outcome.changed);
  EXPECT_EQ(outcome.version, 2u);
  EXPECT_THAT(rooms.versions(), ElementsAre(2));
  EXPECT_EQ(reloader->status().version, 2u);
  EXPECT_EQ(reloader->status().reloads, 1u);
  EXPECT_EQ(*store->live(), 2u);
  EXPECT_EQ(store->find(2)->note.author, "ben");
  EXPECT_EQ(store->find(2)->note.reason, "because");
}

TEST_F(ReloaderTest, LeavesTheRoomsAloneWhenNothingIsDifferent) {
  start(false);
  const ReloadOutcome outcome = reload();
  EXPECT_TRUE(outcome.accepted);
  EXPECT_FALSE(outcome.changed);
  EXPECT_EQ(outcome.version, 1u);
  EXPECT_THAT(rooms.versions(), IsEmpty());
}

TEST_F(ReloaderTest, ChangesNothingWhenTheSetIsWrong) {
  start(false);
  folder.write("items.json", "broken");
  const ReloadOutcome outcome = reload();
  EXPECT_FALSE(outcome.accepted);
  EXPECT_EQ(outcome.version, 1u);
  EXPECT_EQ(outcome.problems, "items.json:1:1: broken");
  EXPECT_THAT(rooms.versions(), IsEmpty());
  EXPECT_EQ(store->list()->size(), 1u);
  EXPECT_EQ(reloader->status().failure->problems, outcome.problems);
  folder.write("items.json", "{}");
  EXPECT_TRUE(reload().accepted);
  EXPECT_FALSE(reloader->status().failure) << "mended";
}

TEST_F(ReloaderTest, NamesAFileThatIsMissing) {
  start(false);
  std::filesystem::remove(folder.path("items.json"));
  EXPECT_THAT(reload().problems, HasSubstr("items.json"));
}

TEST_F(ReloaderTest, TellsRoomsThatCouldNotListenAtOnceAgain) {
  start(false);
  rooms.refuse_next(3);
  write(25);
  EXPECT_TRUE(reload().accepted);
  EXPECT_THAT(rooms.versions(), ElementsAre(2));
}

TEST_F(ReloaderTest, SeesChangesByItselfAndSaysWhichFilesTheyWereIn) {
  start(true);
  write(25);
  wait_until([this] { return reloader->status().version == 2; });
  EXPECT_EQ(store->find(2)->note.reason, "skills.json");
  folder.write("items.json", "broken");
  wait_until([this] { return reloader->status().failure.has_value(); });
  EXPECT_EQ(reloader->status().version, 2u);
  write(25);
  wait_until([this] { return !reloader->status().failure; });
  EXPECT_THAT(rooms.versions(), ElementsAre(2));
}

TEST_F(ReloaderTest, TakesWhatChangedWhileTheProgramStarted) {
  const content::ContentTexts texts = *read_content_folder(folder.path());
  LiveSet live = *keep_as_live(*store, texts, *load_trustingly(texts, nullptr), {"ann", "start"});
  write(25);
  Reloader late(ReloadSettings{folder.path(), true, load_trustingly}, *store, rooms, live);
  ASSERT_TRUE(late.start());
  wait_until([&late] { return late.status().version == 2; });
}

TEST_F(ReloaderTest, RunsWithoutAWatchWhenThereIsNothingToWatch) {
  start(false);
  std::filesystem::remove_all(folder.path());
  Reloader blind(ReloadSettings{folder.path(), true, load_trustingly}, *store, rooms, reloader->live());
  EXPECT_FALSE(blind.start());
  EXPECT_FALSE(blind.reload({"ben", ""})->accepted);
}

TEST_F(ReloaderTest, ADryRunChangesNothing) {
  start(false);
  rooms.add("meadow", {{"slime", 3}});
  const DryRun run = reloader->dry_run(set_with(30));
  EXPECT_EQ(run.problems, "");
  EXPECT_THAT(run.changes, ElementsAre("skills/fireball: mana_cost 20 → 30"));
  EXPECT_THAT(run.touched, ElementsAre("skills/fireball: world id1 (meadow)"));
  EXPECT_EQ(reloader->status().version, 1u);
  EXPECT_THAT(rooms.versions(), IsEmpty());
  EXPECT_EQ(store->list()->size(), 1u);
}

TEST_F(ReloaderTest, ADryRunSaysWhatIsWrong) {
  start(false);
  content::ContentTexts texts = set_with(20);
  texts["chat.json"] = "broken";
  EXPECT_EQ(reloader->dry_run(texts).problems, "chat.json:1:1: broken");
}

TEST_F(ReloaderTest, AnswersEverybodyWhoAsksAtOnce) {
  start(false);
  write(25);
  std::vector<std::thread> askers;
  std::atomic<int> accepted{0};
  for (int i = 0; i < 8; ++i) askers.emplace_back([this, &accepted] { accepted += reload().accepted ? 1 : 0; });
  for (std::thread& asker : askers) asker.join();
  EXPECT_EQ(accepted, 8);
  EXPECT_THAT(rooms.versions(), ElementsAre(2));
}

}  // namespace
}  // namespace throng::services::test
