#include "services/store/failpoint.h"

#include <csignal>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <sstream>

#include <gmock/gmock.h>

#include "services/store/harness/harness_room.h"
#include "services/store/harness/spawn_harness.h"
#include "services/store/ledger_world.h"

namespace throng::services {
namespace {

using testing::IsEmpty;

/// What a run of the harness was seen to acknowledge.
struct HarnessRun : HarnessEnd {
  std::map<std::string, std::int64_t> cuts;  ///< the newest of each room
  std::int64_t gifts = 0;                    ///< the newest
};

/// @param kill_after  lines that are read before it is killed; 0: never
HarnessRun run_store_harness(const std::string& url, int cuts, const std::string& failpoint, int kill_after = 0) {
  HarnessRun run;
  int read = 0;
  const HarnessEnd end =
      spawn_harness(THRONG_STORE_HARNESS, {url, std::to_string(cuts)}, failpoint, [&](const char* line, pid_t child) {
        std::istringstream words(line);
        std::string what, name;
        words >> what >> name;
        if (what == "cut") words >> run.cuts[name];
        if (what == "gift") run.gifts = std::stoll(name.substr(name.find('/') + 1));
        if (++read == kill_after) kill(child, SIGKILL);
      });
  run.status = end.status;
  return run;
}

constexpr int kRunsOnOneDatabase = 100;

class KilledStore : public testing::TestWithParam<Engine> {
 protected:
  /// Everything that was acknowledged is there, nothing is there twice, and what is there is what a room does in so many cuts.
  void inspect(const HarnessRun& run) {
    const auto connection = database_->connect();
    ASSERT_TRUE(prepare_database(*connection));
    const auto report = verify_ledger(*connection);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_THAT(report->problems, IsEmpty());
    for (int number = 0; number < kHarnessRooms; ++number) inspect_room(*connection, number, run);
    const auto gifts = connection->run(
        "SELECT (SELECT count(*) FROM command_key), (SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM balance "
        "JOIN owner ON owner.id = balance.owner WHERE owner.kind = 'gifts')");
    EXPECT_GE(gifts->integer(0, 0), run.gifts);
    EXPECT_EQ(gifts->integer(0, 1), 3 * gifts->integer(0, 0));
  }

  void inspect_room(Connection& connection, int number, const HarnessRun& run) {
    HarnessRoom room(number);
    const auto last = connection.run("SELECT number FROM room_cut WHERE room = $1", {room.id()});
    const std::int64_t cuts = last->empty() ? 0 : last->integer(0, 0);
    if (run.cuts.contains(room.id())) {
      EXPECT_GE(cuts, run.cuts.at(room.id())) << "shown, and lost";
    }
    while (room.cuts() < cuts) room.next({});
    for (int i = 0; i < kHarnessCharacters && cuts > 0; ++i) {
      const auto sheet = connection.run("SELECT sheet FROM character WHERE name = $1",
                                        {"c" + std::to_string(number) + "-" + std::to_string(i)});
      EXPECT_EQ(sheet->blob(0, 0), room.characters()[static_cast<std::size_t>(i)].sheet());
    }
  }

  std::unique_ptr<EmptyDatabase> database_ = std::make_unique<EmptyDatabase>(GetParam());
};

TEST_P(KilledStore, AtEachFailpointNothingShownIsLostAndNothingIsThereTwice) {
  ASSERT_TRUE(run_store_harness(database_->url(), 2, "").ended_well());
  for (const std::string_view name : kStoreFailpoints) {
    for (const int time : {1, 2, 7}) {
      SCOPED_TRACE(std::string(name) + ":" + std::to_string(time));
      const HarnessRun run = run_store_harness(database_->url(), 12, std::string(name) + ":" + std::to_string(time));
      EXPECT_TRUE(has_failpoints() ? run.killed() : run.ended_well());
      inspect(run);
      if (HasFailure()) return;
    }
  }
}

/// Each statement of a group, one after the other, until a run passes.
TEST_P(KilledStore, AfterEachWriteNothingShownIsLostAndNothingIsThereTwice) {
  ASSERT_TRUE(run_store_harness(database_->url(), 1, "").ended_well());
  int time = 1;
  for (bool reached = has_failpoints(); reached; ++time) {
    SCOPED_TRACE("store.after_write:" + std::to_string(time));
    ASSERT_LT(time, 1'000);
    const HarnessRun run = run_store_harness(database_->url(), 1, "store.after_write:" + std::to_string(time));
    reached = run.killed();
    EXPECT_TRUE(reached || run.ended_well());
    inspect(run);
    if (HasFailure()) return;
  }
  EXPECT_GT(time, has_failpoints() ? 20 : 0);
}

/// THRONG_KILL_RUNS sets how many. A new database now and then: each look at one plays everything in it again.
TEST_P(KilledStore, AtAnyInstantNothingShownIsLostAndNothingIsThereTwice) {
  const char* const wanted = std::getenv("THRONG_KILL_RUNS");
  const int runs = wanted != nullptr ? std::atoi(wanted) : 15;
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int i = 0; i < runs; ++i) {
    if (i % kRunsOnOneDatabase == kRunsOnOneDatabase - 1) database_ = std::make_unique<EmptyDatabase>(GetParam());
    const HarnessRun run = run_store_harness(database_->url(), 1'000'000, "", static_cast<int>(random() % 40 + 1));
    EXPECT_TRUE(run.killed());
    inspect(run);
    if (HasFailure()) FAIL() << "in run " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, KilledStore, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

}  // namespace
}  // namespace throng::services
