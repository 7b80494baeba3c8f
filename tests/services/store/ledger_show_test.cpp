#include "services/store/ledger_show.h"

#include <gmock/gmock.h>

#include "services/store/ledger_world.h"

namespace throng::services {
namespace {

class LedgerShow : public testing::TestWithParam<Engine> {
 protected:
  LedgerShow() {
    const OwnerId anna = owner_of(anna_.character);
    world_.keep(test_cut(1, {test_move(kTestLoot, anna, "coins", 7), test_move(kTestLoot, anna, "sword", 1, 55)},
                         {test_save(anna_, {.amounts = {{"coins", 7}}, .pieces = {{55, "sword"}}})}));
    room::LedgerMove trade = test_move(owner_of(bert_.character), anna, "potion", 2);
    trade.note = "trade";
    world_.keep(test_cut(2, {test_move(kTestLoot, owner_of(bert_.character), "potion", 3), trade}, {}, "other room"));
  }
  LedgerWorld world_{GetParam()};
  room::CharacterLease anna_ = world_.character("anna");
  room::CharacterLease bert_ = world_.character("bert");
};

TEST_P(LedgerShow, EachPossessionHasItsOrigin) {
  const auto possessions = show_possessions(world_.connection(), owner_of(anna_.character));
  ASSERT_TRUE(possessions);
  ASSERT_EQ(possessions->size(), 3u);
  const Possession& coins = (*possessions)[0];
  EXPECT_EQ(coins.asset, "coins");
  EXPECT_EQ(coins.amount, 7);
  EXPECT_TRUE(coins.all_origins);
  ASSERT_EQ(coins.origins.size(), 1u);
  EXPECT_EQ(coins.origins[0].from, "loot");
  EXPECT_EQ(coins.origins[0].room, "room");
  EXPECT_EQ(coins.origins[0].tick, 10);
  const Possession& potions = (*possessions)[1];
  ASSERT_EQ(potions.origins.size(), 1u);
  EXPECT_EQ(potions.origins[0].note, "trade");
  EXPECT_THAT(potions.origins[0].from, testing::HasSubstr("bert"));
  EXPECT_EQ((*possessions)[2].item, 55);
}

TEST_P(LedgerShow, MovesArePagedFromTheNewest) {
  const OwnerId bert = owner_of(bert_.character);
  const auto newest = show_moves(world_.connection(), bert, 0, 1);
  ASSERT_EQ(newest->size(), 1u);
  EXPECT_EQ((*newest)[0].amount, 2);
  const auto older = show_moves(world_.connection(), bert, (*newest)[0].id, 10);
  ASSERT_EQ(older->size(), 1u);
  EXPECT_EQ((*older)[0].amount, 3);
}

INSTANTIATE_TEST_SUITE_P(Engines, LedgerShow, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

}  // namespace
}  // namespace throng::services
