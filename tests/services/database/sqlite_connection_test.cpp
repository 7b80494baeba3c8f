#include "services/database/sqlite_connection.h"

#include <csignal>
#include <filesystem>
#include <thread>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/temporary_folder.h"

namespace throng::services {
namespace {

using testing::HasSubstr;

constexpr const char* kTable = "CREATE TABLE thing (number INTEGER, content BLOB) STRICT";
constexpr std::string_view kPut = "INSERT INTO thing (number, content) VALUES ($1, $2)";

std::int64_t rows_of_thing(Connection& connection) {
  const auto rows = connection.run("SELECT count(*) FROM thing");
  return rows ? rows->integer(0, 0) : -1;
}

class SqliteTest : public testing::Test {
 protected:
  std::unique_ptr<Connection> open(const std::string& path) {
    auto connection = open_sqlite(path);
    EXPECT_TRUE(connection) << (connection ? "" : connection.error().message);
    return connection ? *std::move(connection) : nullptr;
  }
  std::string refusal(const std::string& path) {
    const auto connection = open_sqlite(path);
    EXPECT_FALSE(connection);
    return connection ? "" : connection.error().message;
  }
  /// A database of some hundred pages.
  void make_database() {
    const auto connection = open(path_);
    ASSERT_TRUE(connection->run_script(kTable));
    for (std::int64_t i = 0; i < 100; ++i) ASSERT_TRUE(connection->run(kPut, {i, Blob(10'000, 3)}));
  }

  /// Nothing of it is in the connection's memory.
  std::unique_ptr<Connection> open_and_damage() {
    make_database();
    auto connection = open(path_);
    EXPECT_TRUE(connection->run("PRAGMA wal_checkpoint(TRUNCATE)"));
    std::string bytes = folder_.read("throng.db");
    for (std::size_t at = 4'096; at < bytes.size(); ++at) bytes[at] = static_cast<char>(bytes[at] ^ 0x5a);
    std::fstream(path_, std::ios::in | std::ios::out | std::ios::binary) << bytes;
    EXPECT_TRUE(connection->run("PRAGMA shrink_memory"));
    return connection;
  }

  TemporaryFolder folder_;
  const std::string path_ = folder_.path("throng.db");
};

/// Whether another process sees that somebody uses the database (the shared lock of SQLite's file format).
bool seen_in_use(const std::string& path) {
  const pid_t child = fork();
  if (child == 0) {
    const int fd = ::open(path.c_str(), O_RDWR);
    struct flock lock{};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = 0x40000002;
    lock.l_len = 510;
    const bool asked = fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0;
    _exit(asked && lock.l_type != F_UNLCK ? 0 : 1);
  }
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST_F(SqliteTest, ASecondConnectionLeavesTheLocksOfTheFirst) {
  const auto first = open(path_);
  ASSERT_TRUE(first->run_script(kTable));
  ASSERT_TRUE(seen_in_use(path_));
  const auto second = open(path_);
  EXPECT_TRUE(seen_in_use(path_)) << "another program would take the log for nobody's, and delete it";
}

TEST_F(SqliteTest, TheFileAndItsFolderAreForTheServerOnly) {
  const std::string path = folder_.path("kept/throng.db");
  const auto connection = open(path);
  ASSERT_TRUE(connection->run_script(kTable));
  for (const char* const end : {"", "-wal", "-shm"}) {
    struct stat found{};
    ASSERT_EQ(stat((path + end).c_str(), &found), 0) << end;
    EXPECT_EQ(found.st_mode & 0777, 0600U) << end;
  }
}

TEST_F(SqliteTest, CommitsAreWrittenThroughToTheDisk) {
  const auto connection = open(path_);
  EXPECT_EQ(connection->run("PRAGMA journal_mode")->text(0, 0), "wal");
  EXPECT_EQ(connection->run("PRAGMA synchronous")->integer(0, 0), 2);
  EXPECT_EQ(connection->run("PRAGMA foreign_keys")->integer(0, 0), 1);
}

TEST_F(SqliteTest, AFileThatIsNoDatabaseIsLeftAsItIs) {
  const std::string text(20'000, 'x');
  folder_.write("throng.db", text);
  EXPECT_THAT(refusal(path_), HasSubstr("restore a backup"));
  EXPECT_EQ(folder_.read("throng.db"), text);
}

TEST_F(SqliteTest, ADamagedFileIsRefusedAndLeftAsItIs) {
  make_database();
  std::string bytes = folder_.read("throng.db");
  for (std::size_t at = 4'096; at < 200'000; at += 7) bytes[at] = static_cast<char>(bytes[at] ^ 0x5a);
  folder_.write("throng.db", bytes);
  EXPECT_THAT(refusal(path_), HasSubstr("left as it is"));
  EXPECT_EQ(folder_.read("throng.db"), bytes);
}

TEST_F(SqliteTest, AFileThatWasCutShortIsRefused) {
  make_database();
  std::filesystem::resize_file(path_, 300'000);
  EXPECT_THAT(refusal(path_), HasSubstr("damaged"));
}

TEST_F(SqliteTest, DamageFoundLaterIsCorrupt) {
  const auto connection = open_and_damage();
  EXPECT_FALSE(connection->run("SELECT sum(number), max(content) FROM thing"));
  EXPECT_EQ(connection->trouble(), Trouble::Corrupt);
}

TEST_F(SqliteTest, ADamagedFileThatWasMovedAwayIsNotMadeAnew) {
  const auto connection = open_and_damage();
  ASSERT_FALSE(connection->run("SELECT sum(number), max(content) FROM thing"));
  std::filesystem::rename(path_, folder_.path("damaged.db"));
  for (int tries = 0; tries < 3; ++tries) {
    const auto again = connection->reconnect();
    ASSERT_FALSE(again);
    EXPECT_THAT(again.error().message, HasSubstr("there is no database at"));
    EXPECT_FALSE(std::filesystem::exists(path_));
  }
}

TEST_F(SqliteTest, ADatabaseThatMustBeThereIsNotMade) {
  const auto connection = open_sqlite(path_, Opening::Existing);
  ASSERT_FALSE(connection);
  EXPECT_THAT(connection.error().message, HasSubstr("there is no database at " + path_ + ": start the server once"));
  EXPECT_FALSE(std::filesystem::exists(path_));
  make_database();
  EXPECT_TRUE(open_sqlite(path_, Opening::Existing));
}

TEST_F(SqliteTest, ASecondConnectionOfTheSameProcessIsNotReadThrough) {
  make_database();
  std::string bytes = folder_.read("throng.db");
  for (std::size_t at = 8 * 4'096; at < 200'000; at += 7) bytes[at] = static_cast<char>(bytes[at] ^ 0x5a);
  folder_.write("throng.db", bytes);
  EXPECT_FALSE(open_sqlite(path_, Opening::Existing));
  EXPECT_TRUE(open_sqlite(path_, Opening::Again));
}

TEST_F(SqliteTest, AFolderIsMadeAndNamedWhenItCannotBe) {
  EXPECT_TRUE(open(folder_.path("data/of/ours/throng.db")));
  EXPECT_EQ(std::filesystem::status(folder_.path("data")).permissions(), std::filesystem::perms::owner_all);
  folder_.write("file", "in the way");
  EXPECT_THAT(refusal(folder_.path("file/throng.db")), HasSubstr("/file cannot be made: File exists"));
}

TEST_F(SqliteTest, AFullDiskIsToldAndPasses) {
  const auto connection = open(path_);
  ASSERT_TRUE(connection->run_script(kTable));
  ASSERT_TRUE(connection->run(kPut, {std::int64_t{1}, Blob(10)}));
  ASSERT_TRUE(connection->run("PRAGMA max_page_count = 100"));
  ASSERT_TRUE(connection->begin());
  while (connection->run(kPut, {std::int64_t{2}, Blob(10'000)})) {
  }
  EXPECT_EQ(connection->trouble(), Trouble::Full);
  EXPECT_FALSE(connection->commit());
  EXPECT_EQ(rows_of_thing(*connection), 1);
  ASSERT_TRUE(connection->run("PRAGMA max_page_count = 100000"));
  ASSERT_TRUE(connection->run(kPut, {std::int64_t{3}, Blob(10'000)}));
}

/// Runs in a process of its own: 0 when all is as it should be.
int write_beyond_the_limit(const std::string& path) {
  std::signal(SIGXFSZ, SIG_IGN);
  auto opened = open_sqlite(path);
  if (!opened) return 1;
  Connection& connection = **opened;
  if (!connection.run_script(kTable) || !connection.run(kPut, {std::int64_t{1}, Blob(10)})) return 2;
  rlimit limit{400'000, RLIM_INFINITY};
  setrlimit(RLIMIT_FSIZE, &limit);
  int written = 0;
  while (written < 1'000 && connection.run(kPut, {std::int64_t{2}, Blob(10'000)})) ++written;
  if (written == 1'000 || connection.trouble() != Trouble::Full) return 3;
  limit.rlim_cur = RLIM_INFINITY;
  setrlimit(RLIMIT_FSIZE, &limit);
  if (rows_of_thing(connection) != written + 1) return 4;
  return connection.run(kPut, {std::int64_t{3}, Blob(10'000)}) ? 0 : 5;
}

TEST_F(SqliteTest, ADiskThatTakesNoMoreKeepsWhatWasCommitted) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(_exit(write_beyond_the_limit(path_)), testing::ExitedWithCode(0), "");
}

/// As somebody who may read the file only; root may do everything.
int open_as_nobody(const std::string& path) {
  if (geteuid() == 0 && setuid(65'534) != 0) return 1;
  const auto opened = open_sqlite(path);
  return !opened && opened.error().message.find("let the server write the file") != std::string::npos ? 0 : 2;
}

TEST_F(SqliteTest, AReadOnlyFileIsRefusedWithAdvice) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  make_database();
  chmod(folder_.path().c_str(), 0755);
  chmod(path_.c_str(), 0444);
  EXPECT_EXIT(_exit(open_as_nobody(path_)), testing::ExitedWithCode(0), "");
}

TEST_F(SqliteTest, TwoProgramsOpenANewFileAtOnce) {
  std::vector<std::thread> programs;
  std::vector<std::string> problems(4);
  for (std::string& problem : problems) {
    programs.emplace_back([&] {
      const auto connection = open_sqlite(path_);
      if (!connection) problem = connection.error().message;
    });
  }
  for (std::thread& program : programs) program.join();
  EXPECT_THAT(problems, testing::Each(""));
}

TEST_F(SqliteTest, ADatabaseInMemoryIsGoneWithItsConnection) {
  const auto connection = open(":memory:");
  ASSERT_TRUE(connection->run_script(kTable));
  ASSERT_TRUE(connection->reconnect());
  EXPECT_EQ(rows_of_thing(*connection), 0);
  EXPECT_EQ(rows_of_thing(*open(":memory:")), -1);
}

}  // namespace
}  // namespace throng::services
