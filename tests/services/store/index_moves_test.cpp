#include "services/store/index_moves.h"

#include <gmock/gmock.h>

#include "services/store/ledger_show.h"
#include "services/store/ledger_world.h"
#include "services/store/tidying.h"

namespace throng::services {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

class IndexMoves : public testing::TestWithParam<Engine> {
 protected:
  /// A coin for each of two, by turns, so many times; then one from the first to the second.
  void play(int coins) {
    std::vector<room::LedgerMove> moves;
    for (int i = 0; i < coins; ++i)
      moves.push_back(test_move(kTestLoot, i % 2 == 0 ? anna_owns_ : bert_owns_, "coins", 1));
    moves.push_back(test_move(anna_owns_, bert_owns_, "coins", 1));
    EXPECT_EQ(world_.keep(test_cut(++cuts_, moves, {})).refused, "");
  }
  /// As transactions that fail leave it: the next move's number is the one after this.
  void skip_to(std::int64_t last) {
    const bool sqlite = GetParam() == Engine::Sqlite;
    ASSERT_TRUE(world_.connection().run(sqlite ? "UPDATE sqlite_sequence SET seq = $1 WHERE name = 'ledger'"
                                               : "SELECT setval(pg_get_serial_sequence('ledger', 'id'), $1)",
                                        {last}));
  }
  /// Of the clock by which the moves were made.
  std::int64_t later() const { return system_clock().unix_milliseconds() + kHourMs; }
  std::vector<std::int64_t> shown(OwnerId owner) {
    std::vector<std::int64_t> ids;
    std::int64_t before = 0;
    for (;;) {
      const auto page = show_moves(world_.connection(), owner, before, 7);
      EXPECT_TRUE(page) << (page ? "" : page.error().message);
      if (!page || page->empty()) return ids;
      for (const ShownMove& move : *page) ids.push_back(move.id);
      before = ids.back();
    }
  }

  LedgerWorld world_{GetParam()};
  OwnerId anna_owns_ = owner_of(world_.character("anna").character);
  OwnerId bert_owns_ = owner_of(world_.character("bert").character);
  std::int64_t cuts_ = 0;
};

TEST_P(IndexMoves, WhatIsShownIsTheSameBeforeAndAfter) {
  play(20);
  const std::vector<std::int64_t> anna = shown(anna_owns_), bert = shown(bert_owns_);
  EXPECT_EQ(anna.size(), 11u);
  EXPECT_TRUE(std::is_sorted(anna.rbegin(), anna.rend()));
  EXPECT_EQ(*index_moves(world_.connection(), later()), 21);
  EXPECT_EQ(world_.count("SELECT count(*) FROM move_in_block"), 22);
  EXPECT_EQ(shown(anna_owns_), anna);
  EXPECT_EQ(shown(bert_owns_), bert);
  play(5);
  EXPECT_EQ(shown(anna_owns_).size(), anna.size() + 4) << "some from the index, some not in it yet";
}

TEST_P(IndexMoves, EachIsEnteredOnceAndNoMoreThanSoManyAtOnce) {
  play(static_cast<int>(kMovesIndexedAtOnce) + 10);
  EXPECT_EQ(*index_moves(world_.connection(), later()), kMovesIndexedAtOnce);
  EXPECT_EQ(*index_moves(world_.connection(), later()), 11);
  EXPECT_EQ(*index_moves(world_.connection(), later()), 0);
  EXPECT_EQ(*first_move_not_indexed(world_.connection()), kMovesIndexedAtOnce + 12);
}

TEST_P(IndexMoves, TidyingBringsItUpToDate) {
  play(static_cast<int>(kMovesIndexedAtOnce) + 10);
  ASSERT_TRUE(tidy_database(world_.connection(), later()));
  EXPECT_EQ(*index_moves(world_.connection(), later()), 0);
}

TEST_P(IndexMoves, OnPostgresTheNewestWaitForThoseThatMayStillCome) {
  play(4);
  EXPECT_EQ(*index_moves(world_.connection(), system_clock().unix_milliseconds()),
            GetParam() == Engine::Sqlite ? 5 : 0);
}

TEST_P(IndexMoves, GoesOnBehindALongGapInTheNumbers) {
  play(4);
  EXPECT_EQ(*index_moves(world_.connection(), later()), 5);
  skip_to(5 + 2 * kMovesIndexedAtOnce);
  play(20);
  const std::vector<std::int64_t> anna = shown(anna_owns_);
  EXPECT_EQ(*index_moves(world_.connection(), later()), 21);
  EXPECT_EQ(*first_move_not_indexed(world_.connection()), anna.front() + 1);
  EXPECT_EQ(world_.count("SELECT count(*) FROM move_in_block"), 5 + 21 + 2);
  EXPECT_EQ(shown(anna_owns_), anna);
}

TEST_P(IndexMoves, AGapDoesNotEndTheRoundInWhichItLies) {
  play(static_cast<int>(kMovesIndexedAtOnce) / 2);
  skip_to(kMovesIndexedAtOnce);
  play(static_cast<int>(kMovesIndexedAtOnce));
  ASSERT_TRUE(tidy_database(world_.connection(), later()));
  EXPECT_EQ(*index_moves(world_.connection(), later()), 0) << "tidying stopped before the end";
}

TEST_P(IndexMoves, OnPostgresNumbersBeforeAFreshMoveStayOpen) {
  play(4);
  const std::int64_t an_hour_ago = system_clock().unix_milliseconds() - kHourMs;
  ASSERT_TRUE(world_.connection().run("UPDATE ledger SET at = $1", {an_hour_ago}));
  skip_to(9);  // another server's transaction has 6 to 9, and is not committed yet
  play(4);
  const bool sqlite = GetParam() == Engine::Sqlite;
  EXPECT_EQ(*index_moves(world_.connection(), system_clock().unix_milliseconds()), sqlite ? 10 : 5);
  EXPECT_EQ(*first_move_not_indexed(world_.connection()), sqlite ? 15 : 6);
  EXPECT_EQ(*index_moves(world_.connection(), system_clock().unix_milliseconds()), 0);
  EXPECT_EQ(*first_move_not_indexed(world_.connection()), sqlite ? 15 : 6);
}

INSTANTIATE_TEST_SUITE_P(Engines, IndexMoves, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

}  // namespace
}  // namespace throng::services
