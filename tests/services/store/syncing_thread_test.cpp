#include "services/store/syncing_thread.h"

#include <future>

#include <gmock/gmock.h>
#include <poll.h>

#include "services/store/store_threads.h"
#include "support/comes_true.h"
#include "support/temporary_folder.h"

namespace throng::services {
namespace {

using testing::HasSubstr;

/// What the disk does; set by the test while the threads run.
struct Disk {
  std::atomic<bool> fails{false};
  std::atomic<bool> stands_still{false};
  std::atomic<int> syncs{0};
  std::atomic<int> closed{0};  ///< connections that are gone
};

/// A connection whose disk fails or stands still when the test says so.
class ConnectionOnDisk final : public Connection {
 public:
  ConnectionOnDisk(std::unique_ptr<Connection> real, Disk& disk) : real_(std::move(real)), disk_(disk) {}
  ~ConnectionOnDisk() override { ++disk_.closed; }

  Engine engine() const override { return real_->engine(); }
  Result<Rows> run(std::string_view sql, std::span<const SqlValue> values) override { return real_->run(sql, values); }
  Result<void> run_all(std::span<const SqlStatement> statements) override { return real_->run_all(statements); }
  Result<void> run_script(const std::string& script) override { return real_->run_script(script); }
  Result<void> begin() override { return real_->begin(); }
  Result<void> begin_unsynced() override { return real_->begin_unsynced(); }
  Result<void> sync() override {
    ++disk_.syncs;
    while (disk_.stands_still) poll(nullptr, 0, 1);
    return disk_.fails ? Result<void>(fail("the disk is gone")) : real_->sync();
  }
  Result<void> begin_snapshot() override { return real_->begin_snapshot(); }
  Result<void> commit() override { return real_->commit(); }
  void rollback() override { real_->rollback(); }
  Trouble trouble() const override { return real_->trouble(); }
  Result<void> reconnect() override { return real_->reconnect(); }

 private:
  const std::unique_ptr<Connection> real_;
  Disk& disk_;
};

StoreJob note_down(int number) {
  return [number](Connection& connection) -> Result<void> {
    const auto done = connection.run("INSERT INTO note (number) VALUES ($1)", {std::int64_t{number}});
    if (!done) return fail(done.error());
    return {};
  };
}

/// Says so when the thread that made it ends.
class AtThreadEnd {
 public:
  explicit AtThreadEnd(std::atomic<bool>& over) : over_(over) {}
  ~AtThreadEnd() { over_ = true; }
  AtThreadEnd(const AtThreadEnd&) = delete;
  AtThreadEnd& operator=(const AtThreadEnd&) = delete;

 private:
  std::atomic<bool>& over_;
};

class SyncingThreadTest : public testing::Test {
 protected:
  SyncingThreadTest() {
    EXPECT_TRUE((*connect_database(url_))->run("CREATE TABLE note (number INTEGER PRIMARY KEY)"));
    auto writing = connect_database(url_);
    auto reading = connect_database(url_, Opening::Again);
    writing_.emplace(std::make_unique<ConnectionOnDisk>(*std::move(writing), disk_), settings_);
    reading_.emplace(std::make_unique<ConnectionOnDisk>(*std::move(reading), disk_), writing_->syncing(), settings_);
  }
  static std::future<Result<void>> ask(WorkQueue& queue, StoreJob job) {
    const auto promise = std::make_shared<std::promise<Result<void>>>();
    StoreWork work;
    work.job = std::move(job);
    work.done = [promise](Result<void> result) { promise->set_value(std::move(result)); };
    EXPECT_TRUE(queue.put(work));
    return promise->get_future();
  }
  std::future<Result<void>> write(StoreJob job) { return ask(writing_->queue(), std::move(job)); }
  static bool is_told(const std::future<Result<void>>& future) {
    return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }
  void end_threads() {
    reading_.reset();
    writing_.reset();
  }

  const TemporaryFolder folder_;
  const std::string url_ = "sqlite:" + folder_.path("test.db");
  const StoreSettings settings_{.url = url_, .node_id = "here"};
  Disk disk_;
  std::optional<WritingThread> writing_;
  std::optional<ReadingThread> reading_;
};

TEST_F(SyncingThreadTest, NothingIsToldBeforeItIsDurable) {
  disk_.fails = true;
  auto written = write(note_down(1));
  ASSERT_TRUE(comes_true([&] { return disk_.syncs >= 3; }));
  EXPECT_FALSE(is_told(written));
  EXPECT_EQ(writing_->health().state, StoreState::Full);
  EXPECT_THAT(writing_->health().problem, HasSubstr("the disk is gone"));
  disk_.fails = false;
  EXPECT_TRUE(written.get());
  EXPECT_TRUE(comes_true([&] { return writing_->health().state == StoreState::Up; }));
}

TEST_F(SyncingThreadTest, WhatWasReadIsNotToldBeforeItIsDurable) {
  disk_.stands_still = true;
  auto written = write(note_down(1));
  ASSERT_TRUE(comes_true([&] { return disk_.syncs > 0; }));
  std::atomic<std::int64_t> seen{-1};
  auto read = ask(reading_->queue(), [&seen](Connection& connection) -> Result<void> {
    THRONG_TRY(const Rows rows, connection.run("SELECT count(*) FROM note"));
    seen = rows.integer(0, 0);
    return {};
  });
  ASSERT_TRUE(comes_true([&] { return seen == 1; }));  // it is committed and seen
  EXPECT_FALSE(is_told(read));
  EXPECT_FALSE(is_told(written));
  disk_.stands_still = false;
  EXPECT_TRUE(written.get());
  EXPECT_TRUE(read.get());
}

TEST_F(SyncingThreadTest, AReaderEndsOnlyWhenItsReadsAreTold) {
  disk_.stands_still = true;
  auto written = write(note_down(1));
  ASSERT_TRUE(comes_true([&] { return disk_.syncs > 0; }));
  std::atomic<bool> thread_is_over{false};
  std::atomic<bool> told_in_time{false};
  StoreWork read;
  read.job = [&](Connection&) -> Result<void> {
    thread_local const AtThreadEnd note(thread_is_over);
    return {};
  };
  read.done = [&](const Result<void>&) { told_in_time = disk_.closed == 0; };
  ASSERT_TRUE(reading_->queue().put(read));
  auto ended = std::async(std::launch::async, [this] { reading_.reset(); });
  EXPECT_TRUE(comes_true([&] { return thread_is_over.load(); }));
  disk_.stands_still = false;
  ended.get();
  EXPECT_TRUE(told_in_time);
  EXPECT_TRUE(written.get());
}

TEST_F(SyncingThreadTest, TheNextGroupsAreWorkedOnMeanwhileUpToABound) {
  disk_.stands_still = true;
  std::atomic<int> worked_on{0};
  std::vector<std::future<Result<void>>> written;
  const auto write_counted = [&](int number) {
    written.push_back(write([&, number](Connection& connection) -> Result<void> {
      ++worked_on;
      return note_down(number)(connection);
    }));
  };
  write_counted(0);
  ASSERT_TRUE(comes_true([&] { return disk_.syncs == 1; }));
  // One is being made durable, two wait for it, one waits to wait; the rest stays in the queue.
  for (int number = 1; number <= 3; ++number) {
    write_counted(number);
    ASSERT_TRUE(comes_true([&] { return worked_on == number + 1; }));
  }
  write_counted(4);
  write_counted(5);
  EXPECT_EQ(disk_.syncs, 1);
  EXPECT_EQ(writing_->queue().load().waiting, 6U);
  EXPECT_EQ(worked_on, 4);
  disk_.stands_still = false;
  for (auto& each : written) EXPECT_TRUE(each.get());
  EXPECT_EQ(worked_on, 6);
}

TEST_F(SyncingThreadTest, AtTheEndWhatIsNotDurableIsToldSo) {
  disk_.fails = true;
  auto written = write(note_down(1));
  ASSERT_TRUE(comes_true([&] { return disk_.syncs > 0; }));
  end_threads();
  const Result<void> told = written.get();
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().message, "store_busy");
}

TEST_F(SyncingThreadTest, AtTheEndWhatCanBeMadeDurableIs) {
  disk_.stands_still = true;
  auto first = write(note_down(1));
  auto second = write(note_down(2));
  ASSERT_TRUE(comes_true([&] { return disk_.syncs > 0; }));
  disk_.stands_still = false;
  end_threads();
  EXPECT_TRUE(first.get());
  EXPECT_TRUE(second.get());
  EXPECT_EQ((*connect_database(url_))->run("SELECT count(*) FROM note")->integer(0, 0), 2);
}

}  // namespace
}  // namespace throng::services
