// What is left when a start, a backup or a restore is killed at each of its instants: the old or the new, and the next goes on.

#include <gmock/gmock.h>

#include "services/store/failpoint.h"
#include "services/store/harness/spawn_harness.h"
#include "services/store/index_moves.h"
#include "services/store/ledger_world.h"
#include "services/store/restore.h"
#include "services/store/schema/all_migrations.h"

namespace throng::services {
namespace {

using testing::IsEmpty;

/// How often one instant may come by in a command.
constexpr int kTimesMax = 200;

class KilledCommand : public testing::TestWithParam<Engine> {
 protected:
  /// Kills the command at each time that it reaches the instant, and looks after each.
  template <typename Look>
  void kill_at_each(std::string_view instant, const std::vector<std::string>& arguments, Look&& look) {
    if (!has_failpoints()) return;
    for (int time = 1; time < kTimesMax && !HasFailure(); ++time) {
      SCOPED_TRACE(std::string(instant) + ":" + std::to_string(time));
      const HarnessEnd end =
          spawn_harness(THRONG_STORE_HARNESS, arguments, std::string(instant) + ":" + std::to_string(time));
      if (end.ended_well()) {
        EXPECT_GT(time, 1) << "it never came by";
        return;
      }
      ASSERT_TRUE(end.killed());
      look();
    }
  }
  static bool goes_well(const std::vector<std::string>& arguments) {
    return spawn_harness(THRONG_STORE_HARNESS, arguments, "").ended_well();
  }
};

/// Anna has got so many coins, in so many moves.
class LootedWorld : public LedgerWorld {
 public:
  LootedWorld(Engine engine, int coins) : LedgerWorld(engine) {
    const room::CharacterLease anna = character("anna");
    const std::vector<room::LedgerMove> many(static_cast<std::size_t>(coins),
                                             test_move(kTestLoot, owner_of(anna.character), "coins", 1));
    keep(test_cut(1, many, {test_save(anna, {.amounts = {{"coins", coins}}})}));
  }
};

TEST_P(KilledCommand, AMigrationMakesEachStepWholeOrNotAtAll) {
  const EmptyDatabase database(GetParam());
  const std::vector<std::string> open{database.url(), "open"};
  const auto version = [&] { return *schema_version(*database.connect()); };
  const int newest = all_migrations().back().version;
  for (int step = 0; has_failpoints() && step < newest; ++step) {
    SCOPED_TRACE(step);
    for (const char* const before : {"migration.after_step", "migration.before_commit"}) {
      ASSERT_TRUE(spawn_harness(THRONG_STORE_HARNESS, open, before).killed());
      ASSERT_EQ(version(), step);
    }
    ASSERT_TRUE(spawn_harness(THRONG_STORE_HARNESS, open, "migration.after_commit").killed());
    ASSERT_EQ(version(), step + 1);
  }
  EXPECT_TRUE(goes_well(open));
  EXPECT_EQ(version(), newest);
  static_assert(kMigrationFailpoints.size() == 3);
}

TEST_P(KilledCommand, TidyingLosesNoMoveAndEntersNoneTwice) {
  LootedWorld world(GetParam(), 20'000);
  ASSERT_TRUE(world.connection().run_script("UPDATE ledger SET at = 1"));
  const auto look = [&] {
    const std::int64_t next = world.count("SELECT next FROM number_block WHERE name = 'moves_by_owner'");
    EXPECT_EQ(world.count("SELECT count(*) FROM move_in_block"), next - 1);
  };
  for (const std::string_view instant : kTidyingFailpoints) {
    ASSERT_TRUE(world.connection().run_script(
        "DELETE FROM move_in_block; UPDATE number_block SET next = 1 WHERE name = 'moves_by_owner'; "
        "INSERT INTO room_cut (room, number, at) VALUES ('old', 1, 1); "
        "INSERT INTO command_key (key, at, answer) VALUES ('old', 1, '')"));
    kill_at_each(instant, {world.database().url(), "open"}, look);
    EXPECT_TRUE(goes_well({world.database().url(), "open"}));
    EXPECT_EQ(world.count("SELECT next FROM number_block WHERE name = 'moves_by_owner'"), 20'001);
    look();
    EXPECT_EQ(world.count("SELECT (SELECT count(*) FROM room_cut WHERE at = 1) + (SELECT count(*) FROM command_key)"),
              0);
  }
}

TEST_P(KilledCommand, ABackupIsWholeOrNotThere) {
  const LootedWorld world(GetParam(), 1'500);
  const TemporaryFolder folder;
  int made = 0;
  for (const std::string_view instant : kBackupFailpoints) {
    const std::string file = folder.path("backup-" + std::string(instant));
    const std::vector<std::string> command{world.database().url(), "backup", file};
    kill_at_each(instant, command, [&] {
      if (access(file.c_str(), F_OK) != 0) return;
      ++made;
      const EmptyDatabase elsewhere(Engine::Sqlite);
      const auto restored = restore_backup(elsewhere.url(), file, RestoreOnto::EmptyDatabase, kTestNow);
      EXPECT_TRUE(restored) << restored.error().message;
      ASSERT_EQ(unlink(file.c_str()), 0);
    });
    unlink(file.c_str());
    EXPECT_TRUE(goes_well(command));
  }
  EXPECT_EQ(made, has_failpoints() ? 1 : 0) << "only after its renaming";
}

TEST_P(KilledCommand, ARestoreLeavesTheOldOrTheNew) {
  const TemporaryFolder folder;
  const std::string fresh = folder.path("fresh");
  const std::string old = folder.path("old");
  LootedWorld world(GetParam(), 300);
  ASSERT_TRUE(back_up(world.connection(), old));
  ASSERT_TRUE(back_up(LootedWorld(GetParam(), 2'500).connection(), fresh));
  const std::string url = world.database().url();
  for (const std::string_view instant : kRestoreFailpoints) {
    ASSERT_TRUE(goes_well({url, "restore", old}));
    kill_at_each(instant, {url, "restore", fresh}, [&] {
      EXPECT_THAT(world.problems(), IsEmpty());
      EXPECT_EQ(world.count("SELECT count(*) FROM ledger"), instant == "restore.after_commit" ? 2'500 : 300);
      EXPECT_TRUE(goes_well({url, "open"}));
    });
    EXPECT_EQ(world.count("SELECT count(*) FROM ledger"), 2'500);
  }
}

TEST_P(KilledCommand, ARestoreOfAnOlderSchemaIsFinishedByTheNextStart) {
  const TemporaryFolder folder;
  const EmptyDatabase old(GetParam());
  const auto connection = old.connect();
  ASSERT_TRUE(migrate(*connection, all_migrations().first(2)));
  ASSERT_TRUE(connection->run("INSERT INTO account (name, created_at, last_seen_at) VALUES ('Anna', 1, 1)"));
  ASSERT_TRUE(back_up(*connection, folder.path("backup")));
  for (const char* const instant :
       {"restore.after_commit:1", "migration.before_commit:4", "migration.after_commit:5"}) {
    SCOPED_TRACE(instant);
    const EmptyDatabase target(GetParam());
    const HarnessEnd end =
        spawn_harness(THRONG_STORE_HARNESS, {target.url(), "restore", folder.path("backup")}, instant);
    EXPECT_TRUE(has_failpoints() ? end.killed() : end.ended_well());
    EXPECT_TRUE(goes_well({target.url(), "open"}));
    const auto after = target.connect();
    EXPECT_EQ(*schema_version(*after), all_migrations().back().version);
    EXPECT_EQ(after->run("SELECT name FROM account")->text(0, 0), "Anna");
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, KilledCommand, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

}  // namespace
}  // namespace throng::services
