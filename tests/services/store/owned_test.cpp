#include "services/store/owned.h"

#include <gmock/gmock.h>

#include "services/store/index_moves.h"
#include "services/store/ledger_world.h"

namespace throng::services {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Owned : public testing::TestWithParam<Engine> {
 protected:
  void play(const std::vector<room::LedgerMove>& moves) {
    EXPECT_EQ(world_.keep(test_cut(++cuts_, moves, {})).refused, "");
  }
  void index() {
    constexpr std::int64_t kLaterMs = 3'600'000;
    EXPECT_TRUE(index_moves(world_.connection(), system_clock().unix_milliseconds() + kLaterMs));
  }
  /// "sword 55", "coins 7": a piece with its number, or how many.
  std::vector<std::string> owned(OwnerId owner) {
    const auto things = possessions_of(world_.connection(), owner);
    EXPECT_TRUE(things) << (things ? "" : things.error().message);
    std::vector<std::string> words;
    for (const OwnedThing& thing : *things) {
      const std::int64_t number = thing.item_uid != 0 ? thing.item_uid : thing.amount;
      words.push_back(thing.asset + (thing.item_uid != 0 ? " no " : " ") + std::to_string(number));
    }
    return words;
  }

  LedgerWorld world_{GetParam()};
  OwnerId anna_ = owner_of(world_.character("anna").character);
  OwnerId bert_ = owner_of(world_.character("bert").character);
  std::int64_t cuts_ = 0;
};

TEST_P(Owned, WhoeverHasNeverHadAnythingHasNothing) { EXPECT_THAT(owned(anna_), IsEmpty()); }

TEST_P(Owned, PiecesAndAmountsAreToldApart) {
  play({test_move(kTestLoot, anna_, "sword", 1, 55), test_move(kTestLoot, anna_, "coins", 7),
        test_move(kTestLoot, anna_, "sword", 1, 54)});
  EXPECT_THAT(owned(anna_), ElementsAre("sword no 54", "sword no 55", "coins 7"));
  EXPECT_THAT(owned(bert_), IsEmpty());
}

TEST_P(Owned, APieceIsFoundInAndOutsideOfTheIndex) {
  play({test_move(kTestLoot, anna_, "sword", 1, 55)});
  index();
  play({test_move(kTestLoot, anna_, "sword", 1, 56)});
  EXPECT_THAT(owned(anna_), ElementsAre("sword no 55", "sword no 56"));
}

TEST_P(Owned, APieceThatWentAndCameBackIsThereOnce) {
  play({test_move(kTestLoot, anna_, "sword", 1, 55)});
  play({test_move(anna_, bert_, "sword", 1, 55)});
  EXPECT_THAT(owned(anna_), IsEmpty());
  index();
  EXPECT_THAT(owned(anna_), IsEmpty());
  play({test_move(bert_, anna_, "sword", 1, 55)});
  EXPECT_THAT(owned(anna_), ElementsAre("sword no 55"));
  index();
  EXPECT_THAT(owned(anna_), ElementsAre("sword no 55"));
  EXPECT_THAT(owned(bert_), IsEmpty());
}

TEST_P(Owned, BlocksBehindTheFirstAreLookedThrough) {
  play({test_move(kTestLoot, anna_, "sword", 1, 55)});
  std::vector<room::LedgerMove> others(static_cast<std::size_t>(kMovesInBlock),
                                       test_move(kTestLoot, bert_, "coins", 1));
  play(others);
  play({test_move(kTestLoot, anna_, "sword", 1, 56)});
  index();
  index();
  EXPECT_EQ(world_.count("SELECT count(DISTINCT block) FROM move_in_block"), 2);
  EXPECT_THAT(owned(anna_), ElementsAre("sword no 55", "sword no 56"));
}

INSTANTIATE_TEST_SUITE_P(Engines, Owned, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

}  // namespace
}  // namespace throng::services
