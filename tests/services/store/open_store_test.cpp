#include <atomic>
#include <csignal>
#include <future>
#include <thread>

#include <gmock/gmock.h>
#include <poll.h>
#include <sys/resource.h>

#include "services/store/ledger_world.h"
#include "services/store/once.h"
#include "support/comes_true.h"

namespace throng::services {
namespace {

using testing::HasSubstr;

constexpr std::chrono::seconds kPatience{30};

StoreSettings settings_for(const std::string& url) {
  StoreSettings settings;
  settings.url = url;
  settings.node_id = "here";
  return settings;
}

std::future<Result<void>> write_soon(Store& store, StoreJob job) {
  auto done = std::make_shared<std::promise<Result<void>>>();
  store.write(std::move(job), [done](Result<void> result) { done->set_value(std::move(result)); });
  return done->get_future();
}
StoreJob note(const std::string& key) {
  return [key](Connection& connection) -> Result<void> {
    const auto done = connection.run("INSERT INTO command_key (key, at, answer) VALUES ($1, 9999999999999, '')", {key});
    if (!done) return fail(done.error());
    return {};
  };
}
std::int64_t notes(Store& store) {
  std::promise<std::int64_t> answer;
  std::int64_t count = -1;
  store.read(
      [&](Connection& connection) -> Result<void> {
        THRONG_TRY(const Rows rows, connection.run("SELECT count(*) FROM command_key"));
        count = rows.integer(0, 0);
        return {};
      },
      [&](Result<void>) { answer.set_value(count); });
  return answer.get_future().get();
}
class OpenStore : public testing::TestWithParam<Engine> {
 protected:
  std::unique_ptr<Store> open(const StoreSettings& settings) {
    auto store = open_store(settings);
    EXPECT_TRUE(store) << (store ? "" : store.error().message);
    return store ? *std::move(store) : nullptr;
  }
  EmptyDatabase database_{GetParam()};
};

TEST_P(OpenStore, WhatWasAcknowledgedIsThere) {
  {
    const auto store = open(settings_for(database_.url()));
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(write_soon(*store, note(std::to_string(i))).get());
    EXPECT_EQ(notes(*store), 100);
  }
  EXPECT_EQ(database_.connect()->run("SELECT count(*) FROM command_key")->integer(0, 0), 100);
}

TEST_P(OpenStore, WhatWaitsWhenItEndsIsStillDone) {
  {
    const auto store = open(settings_for(database_.url()));
    for (int i = 0; i < 500; ++i) store->write(note(std::to_string(i)), {});
  }
  EXPECT_EQ(database_.connect()->run("SELECT count(*) FROM command_key")->integer(0, 0), 500);
}

TEST_P(OpenStore, FlushWaitsUntilAllIsDurable) {
  const auto store = open(settings_for(database_.url()));
  std::atomic<int> done{0};
  for (int i = 0; i < 200; ++i) store->write(note(std::to_string(i)), [&](Result<void>) { ++done; });
  EXPECT_TRUE(store->flush(kPatience));
  EXPECT_EQ(done, 200);
}

TEST_P(OpenStore, TooMuchIsRefusedAndTheRestIsDone) {
  StoreSettings settings = settings_for(database_.url());
  settings.jobs_max = 3;
  settings.cuts_max = 2;
  const auto store = open(settings);
  std::promise<void> begun, go_on;
  auto blocked = write_soon(*store, [&, first = true, wait = go_on.get_future().share()](Connection&) mutable {
    if (std::exchange(first, false)) begun.set_value();
    wait.wait();
    return Result<void>();
  });
  begun.get_future().wait();
  std::vector<std::future<Result<void>>> taken;
  for (int i = 0; i < 3; ++i) taken.push_back(write_soon(*store, note(std::to_string(i))));
  EXPECT_EQ(write_soon(*store, note("too many")).get().error().message, "store_busy");
  for (const bool fits : {true, true, false}) EXPECT_EQ(store->keep(test_cut(1, {}, {}, fits ? "a" : "b"), {}), fits);
  EXPECT_EQ(store->health().waiting, 6u);
  go_on.set_value();
  EXPECT_TRUE(blocked.get());
  for (auto& each : taken) EXPECT_TRUE(each.get());
}

TEST_P(OpenStore, ReadsWriteNothing) {
  const auto store = open(settings_for(database_.url()));
  std::promise<Result<void>> done;
  store->read(note("sneaky"), [&](Result<void> result) { done.set_value(std::move(result)); });
  EXPECT_FALSE(done.get_future().get());
  EXPECT_EQ(notes(*store), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, OpenStore, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

TEST(OpenStoreInMemory, ReadsSeeWhatWasWritten) {
  const auto store = open_store(settings_for(kMemoryDatabase));
  ASSERT_TRUE(store);
  EXPECT_TRUE(write_soon(**store, note("a")).get());
  EXPECT_EQ(notes(**store), 1);
}

TEST(OpenStoreSqlite, ADamagedFileIsRefusedWithAdviceAndLeftAsItIs) {
  const TemporaryFolder folder;
  const std::string damaged(20'000, 'x');
  folder.write("throng.db", damaged);
  const auto store = open_store(settings_for("sqlite:" + folder.path("throng.db")));
  ASSERT_FALSE(store);
  EXPECT_THAT(store.error().message, HasSubstr("restore"));
  EXPECT_EQ(folder.read("throng.db"), damaged);
}

/// Files cannot grow while one of these lives: as a full disk, for this process.
class FullDisk {
 public:
  FullDisk() {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit none{0, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &none);
  }
  ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST(OpenStoreSqlite, AFullDiskKeepsWhatWaitsUntilThereIsRoom) {
  const TemporaryFolder folder;
  const auto store = open_store(settings_for("sqlite:" + folder.path("throng.db")));
  ASSERT_TRUE(store);
  std::future<Result<void>> waiting;
  {
    const FullDisk full;
    waiting = write_soon(**store, note("patient"));
    EXPECT_TRUE(comes_true([&] { return (*store)->health().state == StoreState::Full; }));
    EXPECT_FALSE((*store)->health().problem.empty());
  }
  ASSERT_EQ(waiting.wait_for(kPatience), std::future_status::ready);
  EXPECT_TRUE(waiting.get());
  EXPECT_TRUE(comes_true([&] { return (*store)->health().state == StoreState::Up; }));
  EXPECT_EQ(notes(**store), 1);
}

/// A server of its own, for it is stopped and killed.
class OpenStorePostgres : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = open_store(settings_for(server_.url(server_.create_database())));
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = *std::move(opened);
  }
  /// Adds to a number, so that doing it twice would show.
  StoreJob add_one() {
    return [](Connection& connection) -> Result<void> {
      const auto done = connection.run(
          "INSERT INTO number_block (name, next) VALUES ('n', 1) "
          "ON CONFLICT (name) DO UPDATE SET next = number_block.next + 1");
      if (!done) return fail(done.error());
      return {};
    };
  }
  std::int64_t sum() {
    std::int64_t found = -1;
    std::promise<void> answer;
    store_->read(
        [&](Connection& connection) -> Result<void> {
          THRONG_TRY(const Rows rows, connection.run("SELECT next FROM number_block WHERE name = 'n'"));
          found = rows.integer(0, 0);
          return {};
        },
        [&](Result<void>) { answer.set_value(); });
    answer.get_future().wait();
    return found;
  }
  PostgresServer server_{PostgresServer::Settings{}};
  std::unique_ptr<Store> store_;
};

TEST_F(OpenStorePostgres, WorkWaitsWhileTheServerIsGoneAndIsDoneWhenItIsBack) {
  EXPECT_TRUE(write_soon(*store_, add_one()).get());
  server_.stop();
  auto waiting = write_soon(*store_, add_one());
  EXPECT_TRUE(comes_true([&] { return store_->health().state == StoreState::Away; }));
  EXPECT_FALSE(store_->flush(std::chrono::milliseconds(10)));
  server_.start();
  ASSERT_EQ(waiting.wait_for(kPatience), std::future_status::ready);
  EXPECT_TRUE(waiting.get());
  EXPECT_TRUE(comes_true([&] { return store_->health().state == StoreState::Up; }));
  EXPECT_EQ(sum(), 2);
}

TEST_F(OpenStorePostgres, CutOffInMidCommitNothingIsDoneTwiceOrLost) {
  constexpr int kUnderWayMax = 500;
  std::atomic<int> written{0}, done{0};
  std::atomic<bool> enough{false};
  std::thread writer([&] {  // until the last kill, so that each of them meets work
    while (!enough) {
      if (written - done >= kUnderWayMax) {
        poll(nullptr, 0, 1);
        continue;
      }
      ++written;
      store_->write(add_one(), [&](Result<void> result) { done += result ? 1 : 1'000'000; });
    }
  });
  for (int i = 0; i < 3; ++i) {
    const int before = done;
    EXPECT_TRUE(comes_true([&] { return done > before + 100 && written > done; }));
    server_.kill();
    EXPECT_TRUE(comes_true([&] { return store_->health().state == StoreState::Away; })) << "nothing was cut off";
    server_.start();
  }
  enough = true;
  writer.join();
  EXPECT_TRUE(store_->flush(kPatience));
  EXPECT_EQ(done, written);
  EXPECT_EQ(sum(), written);
}

TEST_F(OpenStorePostgres, AServerThatStandsStillIsSeenAndWaitedFor) {
  EXPECT_TRUE(write_soon(*store_, add_one()).get());
  server_.pause();
  auto waiting = write_soon(*store_, add_one());
  EXPECT_TRUE(comes_true([&] { return store_->health().state != StoreState::Up; }));
  server_.resume();
  ASSERT_EQ(waiting.wait_for(kPatience), std::future_status::ready);
  EXPECT_EQ(sum(), 2);
}

}  // namespace
}  // namespace throng::services
