#include "services/store/group_committer.h"

#include <gmock/gmock.h>

#include "services/store/ledger_world.h"

namespace throng::services {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

StoreJob note_key(const std::string& key) {
  return [key](Connection& connection) -> Result<void> {
    const auto done = connection.run("INSERT INTO command_key (key, at, answer) VALUES ($1, 1, '')", {key});
    if (!done) return fail(done.error());
    return {};
  };
}
StoreJob fail_with(const std::string& word) {
  return [word](Connection&) -> Result<void> { return fail(word); };
}
StoreWork job(StoreJob what) {
  StoreWork work;
  work.job = std::move(what);
  return work;
}

/// A connection that loses its server at the commit: after the work was done, or before.
class LosingConnection final : public Connection {
 public:
  enum class Loses { Nothing, CommitDone, CommitUndone };
  explicit LosingConnection(Connection& real) : real_(real) {}

  Loses next_commit = Loses::Nothing;

  Engine engine() const override { return Engine::Postgres; }  // which has commits of unknown outcome
  Result<Rows> run(std::string_view sql, std::span<const SqlValue> values) override { return real_.run(sql, values); }
  Result<void> run_all(std::span<const SqlStatement> statements) override { return real_.run_all(statements); }
  Result<void> run_script(const std::string& script) override { return real_.run_script(script); }
  Result<void> begin() override {
    away_ = false;
    return real_.begin();
  }
  Result<void> begin_snapshot() override { return real_.begin_snapshot(); }
  Result<void> commit() override {
    const Loses loses = std::exchange(next_commit, Loses::Nothing);
    if (loses == Loses::Nothing) return real_.commit();
    if (loses == Loses::CommitDone) {
      EXPECT_TRUE(real_.commit());
    }
    real_.rollback();
    away_ = true;
    return fail("the connection broke");
  }
  void rollback() override { real_.rollback(); }
  Trouble trouble() const override { return away_ ? Trouble::Away : real_.trouble(); }
  Result<void> reconnect() override { return {}; }

 private:
  Connection& real_;
  bool away_ = false;
};

class GroupCommitterTest : public testing::TestWithParam<Engine> {
 protected:
  LedgerWorld world_{GetParam()};
};

TEST_P(GroupCommitterTest, WhatFailsTakesNothingWithIt) {
  std::vector<StoreWork> works;
  for (int i = 0; i < 20; ++i) {
    works.push_back(job(i % 7 == 3 ? fail_with("no " + std::to_string(i)) : note_key(std::to_string(i))));
  }
  works.push_back(job(note_key("5")));  // not unique: the database itself says no
  GroupCommitter committer(world_.connection(), system_clock(), "here");
  ASSERT_EQ(committer.commit(works), works.size());
  for (std::size_t i = 0; i < 20; ++i) EXPECT_EQ(works[i].result.has_value(), i % 7 != 3) << i;
  EXPECT_EQ(works[3].result.error().message, "no 3");
  EXPECT_FALSE(works[20].result);
  EXPECT_EQ(world_.count("SELECT count(*) FROM command_key"), 17);
}

TEST_P(GroupCommitterTest, AJobThatHidesAFailureIsToldThatItFailed) {
  std::vector<StoreWork> works;
  works.push_back(job(note_key("a")));
  works.push_back(job([](Connection& connection) -> Result<void> {
    static_cast<void>(connection.run("INSERT INTO command_key (key, at, answer) VALUES ('a', 1, '')"));
    return {};
  }));
  works.push_back(job(note_key("b")));
  GroupCommitter committer(world_.connection(), system_clock(), "here");
  ASSERT_EQ(committer.commit(works), works.size());
  EXPECT_TRUE(works[0].result);
  EXPECT_FALSE(works[1].result);
  EXPECT_TRUE(works[2].result);
  EXPECT_EQ(world_.count("SELECT count(*) FROM command_key"), 2);
}

TEST_P(GroupCommitterTest, ACommitWithoutAnAnswerThatTookEffectIsNotRepeated) {
  LosingConnection losing(world_.connection());
  GroupCommitter committer(losing, system_clock(), "here");
  const room::CharacterLease anna = world_.character("anna");
  const OwnerId anna_owns = owner_of(anna.character);
  std::vector<StoreWork> works(1);
  works[0].job = [anna_owns](Connection& connection) {  // of no key: twice it would give twice
    const std::vector moves{test_move(owner_of(room::LedgerSource::GameMaster), anna_owns, "coins", 5)};
    return apply_moves(connection, moves, {"gm", 0, kTestNow});
  };
  losing.next_commit = LosingConnection::Loses::CommitDone;
  ASSERT_EQ(committer.commit(works), 0u);
  EXPECT_EQ(committer.trouble(), Trouble::Away);
  works.push_back(job(note_key("behind")));
  ASSERT_EQ(committer.commit(works), 2u);
  EXPECT_TRUE(works[0].result);
  EXPECT_EQ(world_.balance(anna_owns, "coins"), 5);
  EXPECT_EQ(world_.count("SELECT count(*) FROM command_key"), 1);
}

TEST_P(GroupCommitterTest, ACommitWithoutAnAnswerThatDidNotIsTriedAgain) {
  LosingConnection losing(world_.connection());
  GroupCommitter committer(losing, system_clock(), "here");
  std::vector<StoreWork> works;
  works.push_back(job(note_key("a")));
  losing.next_commit = LosingConnection::Loses::CommitUndone;
  ASSERT_EQ(committer.commit(works), 0u);
  ASSERT_EQ(committer.commit(works), 1u);
  EXPECT_EQ(world_.count("SELECT count(*) FROM command_key"), 1);
}

TEST_P(GroupCommitterTest, WhoWasFencedOffInALostCommitIsStillTold) {
  LosingConnection losing(world_.connection());
  GroupCommitter committer(losing, system_clock(), "here");
  const room::CharacterLease anna = world_.character("anna");
  world_.lease(anna.character, "elsewhere");
  std::vector<StoreWork> works(1);
  works[0].cut = test_cut(1, {}, {test_save(anna, {})});
  losing.next_commit = LosingConnection::Loses::CommitDone;
  ASSERT_EQ(committer.commit(works), 0u);
  ASSERT_EQ(committer.commit(works), 1u);
  EXPECT_THAT(works[0].outcome.fenced_off, ElementsAre(anna.character));
}

INSTANTIATE_TEST_SUITE_P(Engines, GroupCommitterTest, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

}  // namespace
}  // namespace throng::services
