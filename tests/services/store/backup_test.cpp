#include "services/store/backup.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "services/database/migrations.h"
#include "services/store/ledger_world.h"
#include "services/store/restore.h"

namespace throng::services {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t kMuchLater = kTestNow + 86'400'000;

struct BackupWay {
  Engine from;
  Engine to;
};

std::string backup_way_name(const testing::TestParamInfo<BackupWay>& way) {
  const auto name = [](Engine engine) { return std::string(engine == Engine::Sqlite ? "Sqlite" : "Postgres"); };
  return name(way.param.from) + "To" + name(way.param.to);
}

class BackupTest : public testing::TestWithParam<BackupWay> {
 protected:
  BackupTest() {
    world_.keep(test_cut(1,
                         {test_move(kTestLoot, owner_of(anna_.character), "coins", 7),
                          test_move(kTestLoot, owner_of(anna_.character), "sword", 1, 55)},
                         {test_save(anna_, {.amounts = {{"coins", 7}}, .pieces = {{55, "sword"}}})}));
    const std::vector<room::LedgerMove> many(1'500, test_move(kTestLoot, owner_of(anna_.character), "coins", 1));
    world_.keep(test_cut(2, many, {test_save(anna_, {.amounts = {{"coins", 1'507}}, .pieces = {{55, "sword"}}})}));
  }
  std::string file() const { return folder_.path("backup"); }
  Result<BackupSummary> restore(RestoreOnto onto = RestoreOnto::EmptyDatabase) {
    return restore_backup(target_.url(), file(), onto, kMuchLater);
  }

  TemporaryFolder folder_;
  LedgerWorld world_{GetParam().from};
  room::CharacterLease anna_ = world_.character("anna");
  EmptyDatabase target_{GetParam().to};
  std::unique_ptr<Connection> target_connection_ = target_.connect();
};

TEST_P(BackupTest, WhatWasBackedUpIsRestoredAndGoesOn) {
  const auto backed = back_up(world_.connection(), file());
  ASSERT_TRUE(backed) << backed.error().message;
  struct stat status{};
  ASSERT_EQ(stat(file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  const auto restored = restore();
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(restored->rows, backed->rows);
  const auto report = verify_ledger(*target_connection_);
  EXPECT_THAT(report->problems, IsEmpty());
  EXPECT_EQ(report->moves, 1'502);
  const auto again = load_character(*target_connection_, anna_.character, world_.account(), "new", kMuchLater + 1,
                                    kMuchLater, TakeOver::WhenFree);
  ASSERT_TRUE(again && again->loaded);
  EXPECT_GT(again->loaded->lease.fence, anna_.fence);
  const auto newcomer = create_character(*target_connection_, world_.account(), "bert", "bert", kMuchLater);
  ASSERT_TRUE(newcomer) << newcomer.error().message;
  EXPECT_GT(newcomer->id.value, anna_.character.value);
}

TEST_P(BackupTest, NothingIsOverwrittenUntold) {
  ASSERT_TRUE(back_up(world_.connection(), file()));
  EXPECT_THAT(back_up(world_.connection(), file()).error().message, HasSubstr("is there already"));
  ASSERT_TRUE(restore());
  EXPECT_THAT(restore().error().message, HasSubstr("not empty"));
  const auto replaced = restore(RestoreOnto::AnyDatabase);
  EXPECT_TRUE(replaced) << replaced.error().message;
  EXPECT_THAT(verify_ledger(*target_connection_)->problems, IsEmpty());
}

TEST_P(BackupTest, ADamagedFileChangesNothing) {
  ASSERT_TRUE(back_up(world_.connection(), file()));
  std::string bytes = folder_.read("backup");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x55);
  folder_.write("backup", bytes);
  EXPECT_FALSE(restore());
  folder_.write("backup", bytes.substr(0, bytes.size() / 3));
  EXPECT_FALSE(restore());
  folder_.write("backup", "something else");
  EXPECT_THAT(restore().error().message, HasSubstr("no backup"));
  if (*schema_version(*target_connection_) > 0) {
    EXPECT_EQ(target_connection_->run("SELECT count(*) FROM account")->integer(0, 0), 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, BackupTest,
                         testing::Values(BackupWay{Engine::Sqlite, Engine::Sqlite},
                                         BackupWay{Engine::Sqlite, Engine::Postgres},
                                         BackupWay{Engine::Postgres, Engine::Sqlite},
                                         BackupWay{Engine::Postgres, Engine::Postgres}),
                         backup_way_name);

}  // namespace
}  // namespace throng::services
