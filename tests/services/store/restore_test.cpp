#include "services/store/restore.h"

#include <gmock/gmock.h>

#include "services/store/ledger_world.h"
#include "services/store/sole_server.h"

namespace throng::services {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

/// Every lease of a test has run out by then.
constexpr std::int64_t kAllIsOver = kTestNow + 86'400'000;

room::Cut world_cut(std::int64_t number, std::int64_t fence, std::vector<std::uint8_t> world,
                    const char* place = "world/meadow/1") {
  room::Cut cut = test_cut(number, {}, {});
  cut.checkpoint = room::RoomCheckpoint{.key = place, .fence = fence, .world = std::move(world)};
  return cut;
}

class RestoreTest : public testing::TestWithParam<Engine> {
 protected:
  RestoreTest() {
    world_.keep(test_cut(1, {test_move(kTestLoot, owner_of(anna_.character), "coins", 7)},
                         {test_save(anna_, {.amounts = {{"coins", 7}}})}));
    world_.keep(world_cut(2, 1, {1}));
    const auto made = back_up(world_.connection(), file());
    EXPECT_TRUE(made) << made.error().message;
  }
  std::string file() const { return folder_.path("backup"); }
  std::int64_t lowest_fence() { return world_.count("SELECT next FROM number_block WHERE name = 'room_fences'"); }
  Result<BackupSummary> restore(std::int64_t now) {
    return restore_backup(world_.database().url(), file(), RestoreOnto::AnyDatabase, now);
  }

  TemporaryFolder folder_;
  LedgerWorld world_{GetParam()};
  room::CharacterLease anna_ = world_.character("anna");
};

TEST_P(RestoreTest, AServerThatStoodStillSinceHasNoSayInWhatWasRestored) {
  const room::CharacterLease since = world_.lease(anna_.character, "stands still");
  ASSERT_GT(since.fence, anna_.fence);
  world_.keep(test_cut(3, {test_move(kTestLoot, owner_of(anna_.character), "coins", 1)},
                       {test_save(since, {.amounts = {{"coins", 8}}})}));
  const auto restored = restore(kAllIsOver);
  ASSERT_TRUE(restored) << restored.error().message;
  for (const room::CharacterLease& old : {anna_, since}) {
    const room::CutOutcome outcome =
        world_.keep(test_cut(10 + old.fence, {test_move(kTestLoot, owner_of(anna_.character), "coins", 5)},
                             {test_save(old, {.amounts = {{"coins", 13}}})}));
    EXPECT_THAT(outcome.fenced_off, ElementsAre(anna_.character));
  }
  EXPECT_EQ(world_.balance(owner_of(anna_.character), "coins"), 7);
  EXPECT_THAT(world_.problems(), IsEmpty());
}

TEST_P(RestoreTest, WorldsOfServersThatStoodStillAreNotKept) {
  ASSERT_TRUE(restore(kAllIsOver));
  for (std::int64_t fence = 1; fence < 100; ++fence) world_.keep(world_cut(10 + fence, fence, {2}));
  EXPECT_EQ(world_.count("SELECT tick FROM room_checkpoint WHERE key = 'world/meadow/1'"), 20);
}

TEST_P(RestoreTest, NorAreTheirWorldsThatTheBackupDoesNotHave) {
  ASSERT_TRUE(restore(kAllIsOver));
  for (std::int64_t fence = 1; fence < 100; ++fence) world_.keep(world_cut(10 + fence, fence, {2}, "world/caves/1"));
  EXPECT_EQ(world_.count("SELECT count(*) FROM room_checkpoint"), 1);
  world_.keep(world_cut(200, lowest_fence(), {3}, "world/caves/1"));
  EXPECT_EQ(world_.count("SELECT count(*) FROM room_checkpoint"), 2) << "one of a server that has started since";
}

TEST_P(RestoreTest, TheSameBackupAgainEndsWhatBeganAfterTheFirstTime) {
  ASSERT_TRUE(restore(kAllIsOver));
  const room::CharacterLease between = world_.lease(anna_.character, "between");
  const std::int64_t fence = lowest_fence();
  const std::int64_t block = world_.count("SELECT next FROM number_block WHERE name = 'item_uids'");
  world_.keep(world_cut(10, fence, {2}, "world/caves/1"));
  EXPECT_EQ(world_.count("SELECT count(*) FROM room_checkpoint"), 2);
  ASSERT_TRUE(restore(2 * kAllIsOver));
  EXPECT_GT(world_.lease(anna_.character, "since").fence, between.fence);
  EXPECT_GT(world_.count("SELECT next FROM number_block WHERE name = 'item_uids'"), block);
  world_.keep(world_cut(20, fence, {2}, "world/caves/1"));
  EXPECT_EQ(world_.count("SELECT count(*) FROM room_checkpoint"), 1);
  EXPECT_THAT(world_.problems(), IsEmpty());
}

TEST_P(RestoreTest, ACutFromBeforeTheBackupStaysDone) {
  ASSERT_TRUE(restore(kAllIsOver));
  world_.keep(test_cut(1, {test_move(kTestLoot, kTestGround, "coins", 7)}, {}));
  EXPECT_EQ(world_.balance(kTestGround, "coins"), 0);
}

TEST_P(RestoreTest, NumbersGivenOutSinceAreNotGivenAgain) {
  const auto number_of = [&](const std::string& name) {
    return create_character(world_.connection(), world_.account(), name, name, kTestNow)->id.value;
  };
  const std::int64_t newcomer = number_of("bert");
  world_.keep(test_cut(3, {test_move(kTestLoot, owner_of(anna_.character), "pearl", 1)},
                       {test_save(anna_, {.amounts = {{"coins", 7}, {"pearl", 1}}})}));
  const std::int64_t pearl = world_.count("SELECT id FROM asset WHERE name = 'pearl'");
  ASSERT_TRUE(world_.connection().run("UPDATE number_block SET next = next + 4096 WHERE name = 'item_uids'"));
  const std::int64_t block = world_.count("SELECT next FROM number_block WHERE name = 'item_uids'");
  ASSERT_TRUE(restore(kAllIsOver));
  EXPECT_GT(world_.count("SELECT next FROM number_block WHERE name = 'item_uids'"), block);
  if (GetParam() == Engine::Sqlite) return;  // no other server has the file
  EXPECT_GT(number_of("carl"), newcomer);
  EXPECT_GT(world_.count("INSERT INTO asset (name) VALUES ('pebble') RETURNING id"), pearl);
}

INSTANTIATE_TEST_SUITE_P(Engines, RestoreTest, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

class RestoreOnSqlite : public RestoreTest {};

TEST_P(RestoreOnSqlite, AServerIsAtWorkAsLongAsItHasTheFileAndNoLonger) {
  auto server = claim_sole_server(world_.database().url());
  ASSERT_TRUE(server);
  EXPECT_THAT(restore(kAllIsOver).error().message, HasSubstr("a server is at work on this database"));
  EXPECT_THAT(claim_sole_server(world_.database().url()).error().message, StartsWith(kAnotherServer));
  server->reset();
  const auto restored = restore(kTestNow);  // it was killed; what it had leased has not run out
  EXPECT_TRUE(restored) << restored.error().message;
}

INSTANTIATE_TEST_SUITE_P(Engines, RestoreOnSqlite, testing::Values(Engine::Sqlite), engine_name);

class RestoreOnPostgres : public RestoreTest {};

TEST_P(RestoreOnPostgres, AServerIsAtWorkUntilItsLeasesHaveRunOut) {
  EXPECT_THAT(restore(kTestNow).error().message,
              testing::AllOf(HasSubstr("a server is at work on this database (1 characters are played)"),
                             HasSubstr("wait 61 seconds and try again")));
  ASSERT_TRUE(world_.connection().run("INSERT INTO node (name, started_at, alive_until) VALUES ('n', $1, $2)",
                                      {kTestNow, kTestNow + 100'000}));
  EXPECT_THAT(restore(kTestNow + 60'001).error().message, HasSubstr("wait 40 seconds"));
  EXPECT_TRUE(restore(kTestNow + 100'001));
}

INSTANTIATE_TEST_SUITE_P(Engines, RestoreOnPostgres, testing::Values(Engine::Postgres), engine_name);

}  // namespace
}  // namespace throng::services
