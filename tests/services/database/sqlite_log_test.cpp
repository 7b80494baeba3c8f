#include "services/database/sqlite_log.h"

#include <cstdlib>
#include <filesystem>

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "services/database/connection.h"
#include "support/temporary_folder.h"

namespace throng::services {
namespace {

using testing::HasSubstr;

class SqliteLogTest : public testing::Test {
 protected:
  SqliteLogTest() {
    EXPECT_TRUE(connection().run("CREATE TABLE note (number INTEGER PRIMARY KEY)"));
    EXPECT_EQ(mkfifo(fifo_.c_str(), 0600), 0);
  }
  Connection& connection() { return **connection_; }
  void write_unsynced(int number) {
    EXPECT_TRUE(connection().begin_unsynced());
    EXPECT_TRUE(connection().run("INSERT INTO note (number) VALUES ($1)", {std::int64_t{number}}));
    EXPECT_TRUE(connection().commit());
  }
  /// Notes that are in the file without its log. Copied by another process: to close it here would end SQLite's locks.
  std::int64_t notes_in_file_alone() const {
    const std::string copy = folder_.path("copy.db");
    EXPECT_EQ(std::system(("cp " + file_ + " " + copy).c_str()), 0);
    const auto alone = connect_database("sqlite:" + copy);
    const auto notes = (*alone)->run("SELECT count(*) FROM note");
    return notes ? notes->integer(0, 0) : 0;
  }
  std::int64_t synchronous() { return connection().run("PRAGMA synchronous")->integer(0, 0); }

  const TemporaryFolder folder_;
  const std::string file_ = folder_.path("test.db");
  const std::string fifo_ = folder_.path("fifo");  // nothing can be synced there
  Result<std::unique_ptr<Connection>> connection_ = connect_database("sqlite:" + file_);
};

TEST_F(SqliteLogTest, MakesDurableWhatWasCommittedWithout) {
  write_unsynced(1);
  EXPECT_TRUE(connection().sync());
  const auto log = SqliteLog::open(file_, file_ + "-wal");
  ASSERT_TRUE(log);
  EXPECT_TRUE((*log)->sync());
  EXPECT_EQ(connection().run("SELECT count(*) FROM note")->integer(0, 0), 1);
}

TEST_F(SqliteLogTest, OnlyTransactionsThatSayItAreUnsynced) {
  EXPECT_EQ(synchronous(), 2);
  ASSERT_TRUE(connection().begin_unsynced());
  EXPECT_EQ(synchronous(), 1);
  ASSERT_TRUE(connection().commit());
  ASSERT_TRUE(connection().begin());
  EXPECT_EQ(synchronous(), 2);
  ASSERT_TRUE(connection().commit());
  write_unsynced(1);
  EXPECT_EQ(synchronous(), 2);  // a statement by itself
}

TEST_F(SqliteLogTest, ALogThatCannotBeSyncedIsFoldedBack) {
  const auto log = SqliteLog::open(file_, fifo_);
  ASSERT_TRUE(log);
  for (int number = 1; number <= 3; ++number) {
    write_unsynced(number);
    EXPECT_LT(notes_in_file_alone(), number);
    ASSERT_TRUE((*log)->sync());
    EXPECT_EQ(notes_in_file_alone(), number);
  }
}

TEST_F(SqliteLogTest, WhenThatFailsTooItSaysSoAndIsTriedAgain) {
  const auto log = SqliteLog::open(file_, fifo_);
  ASSERT_TRUE(log);
  write_unsynced(1);
  const std::string aside = folder_.path("aside.db");
  std::filesystem::rename(file_, aside);
  const Result<void> synced = (*log)->sync();
  ASSERT_FALSE(synced);
  EXPECT_THAT(synced.error().message, HasSubstr("could not be made durable"));
  std::filesystem::rename(aside, file_);
  ASSERT_TRUE((*log)->sync());
  EXPECT_EQ(notes_in_file_alone(), 1);
}

TEST_F(SqliteLogTest, ALogThatIsNotThereIsNamed) {
  const auto log = SqliteLog::open(file_, folder_.path("nowhere-wal"));
  ASSERT_FALSE(log);
  EXPECT_THAT(log.error().message, HasSubstr("nowhere-wal"));
}

}  // namespace
}  // namespace throng::services
