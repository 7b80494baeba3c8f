#include "services/store/ledger_show.h"

#include <gmock/gmock.h>

#include "services/store/index_moves.h"
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

class LedgerShowOfAPiece : public LedgerShow {
 protected:
  static room::LedgerMove passed(OwnerId from, OwnerId to, room::LedgerSource reason, std::string_view note = "") {
    room::LedgerMove move = test_move(from, to, "sword", 1, 55);
    move.reason = reason;
    move.note = note;
    return move;
  }
  static std::string ways(const Possession& has) {
    std::string words;
    for (const ShownMove& move : has.origins)
      words += move.from.substr(0, 4) + " " + move.reason + (move.note.empty() ? "" : "/" + move.note) + ", ";
    return words;
  }
  /// From hand to hand, over the ground.
  void pass_on() {
    const OwnerId anna = owner_of(anna_.character);
    const OwnerId bert = owner_of(bert_.character);
    world_.keep(test_cut(3, {passed(anna, bert, room::LedgerSource::Trade, "trade")}, {}));
    world_.keep(test_cut(4, {passed(bert, kTestGround, room::LedgerSource::Ground)}, {}));
    world_.keep(test_cut(5, {passed(kTestGround, anna, room::LedgerSource::Ground)}, {}));
    world_.keep(test_cut(6, {passed(anna, bert, room::LedgerSource::Unexplained, "mail")}, {}));
  }
  Possession sword_of_bert() {
    const auto possessions = show_possessions(world_.connection(), owner_of(bert_.character));
    return possessions && !possessions->empty() ? possessions->back() : Possession{};
  }
};

TEST_P(LedgerShowOfAPiece, GoesBackFromHandToHandToItsSource) {
  pass_on();
  for (int round = 0; round < 2; ++round) {
    const Possession sword = sword_of_bert();
    EXPECT_EQ(ways(sword), "anna mail, grou ground, bert ground, anna trade, loot loot, ") << "round " << round;
    EXPECT_TRUE(sword.all_origins);
    ASSERT_TRUE(index_moves(world_.connection(), system_clock().unix_milliseconds() + 1'000'000));
  }
}

TEST_P(LedgerShowOfAPiece, HasAnEnd) {
  for (int i = 0; i < 15; ++i) {
    const OwnerId anna = owner_of(anna_.character);
    const OwnerId bert = owner_of(bert_.character);
    world_.keep(test_cut(10 + 2 * i, {passed(anna, bert, room::LedgerSource::Trade)}, {}));
    if (i < 14) world_.keep(test_cut(11 + 2 * i, {passed(bert, anna, room::LedgerSource::Trade)}, {}));
  }
  const Possession sword = sword_of_bert();
  EXPECT_EQ(sword.origins.size(), kOriginsMax);
  EXPECT_FALSE(sword.all_origins);
}

INSTANTIATE_TEST_SUITE_P(Engines, LedgerShowOfAPiece, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

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
