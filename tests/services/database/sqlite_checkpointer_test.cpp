#include "services/database/sqlite_checkpointer.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "services/database/connection.h"
#include "support/temporary_folder.h"

namespace throng::services {
namespace {

constexpr std::size_t kBlobBytes = 1 << 20;
constexpr int kCommitsMax = 230;  // the writer would begin to do it by itself at about 250

class SqliteCheckpointerTest : public testing::Test {
 protected:
  SqliteCheckpointerTest() {
    EXPECT_TRUE(connection_);
    EXPECT_TRUE(connection().run("CREATE TABLE big (id INTEGER PRIMARY KEY, content BLOB NOT NULL)"));
  }
  Connection& connection() { return **connection_; }
  void write(int id) {
    const auto written = connection().run(
        "INSERT INTO big (id, content) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET "
        "content = excluded.content",
        {std::int64_t{id}, Blob(kBlobBytes, static_cast<std::uint8_t>(id))});
    EXPECT_TRUE(written) << written.error().message;
  }
  std::uintmax_t log_bytes() const { return std::filesystem::file_size(file_ + "-wal"); }
  /// Whether the log began anew within so many commits.
  bool begins_anew() {
    for (int i = 0; i < kCommitsMax; ++i) {
      const std::uintmax_t before = log_bytes();
      write(i % 8);
      if (log_bytes() == before) return true;
    }
    return false;
  }

  const TemporaryFolder folder_;
  const std::string file_ = folder_.path("test.db");
  Result<std::unique_ptr<Connection>> connection_ = connect_database("sqlite:" + file_);
};

TEST_F(SqliteCheckpointerTest, ALogThatIsWrittenWithoutPauseBeginsAnew) {
  EXPECT_TRUE(begins_anew());
  const auto rows = connection().run("SELECT id, content FROM big ORDER BY id");
  ASSERT_TRUE(rows);
  for (std::size_t i = 0; i < rows->size(); ++i)
    EXPECT_EQ(rows->blob(i, 1), Blob(kBlobBytes, static_cast<std::uint8_t>(rows->integer(i, 0))));
}

TEST_F(SqliteCheckpointerTest, AConnectionThatWasTakenUpAgainHasOneToo) {
  write(1);
  ASSERT_TRUE(connection().reconnect());
  write(2);
  EXPECT_TRUE(begins_anew());
}

TEST_F(SqliteCheckpointerTest, WhoeverStillReadsAnOldInstantKeepsIt) {
  write(1);
  auto reader = connect_database("sqlite:" + file_, Opening::Again);
  ASSERT_TRUE(reader);
  ASSERT_TRUE((*reader)->begin_snapshot());
  EXPECT_EQ((*reader)->run("SELECT count(*) FROM big")->integer(0, 0), 1);
  for (int i = 0; i < 60; ++i) write(i % 8);
  EXPECT_EQ((*reader)->run("SELECT count(*) FROM big")->integer(0, 0), 1);
  (*reader)->rollback();
  EXPECT_TRUE(begins_anew());
}

}  // namespace
}  // namespace throng::services
