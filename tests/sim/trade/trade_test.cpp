#include "sim/trade/trade.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/play_fixture.h"

namespace throng::sim {
namespace {

using test::events_of;
using test::Play;

struct TradeTest : testing::Test {
  TradeTest() {
    a = play.join(1);
    b = play.join(2);
    play.join(3);
    play.give(a, "potion", 10);
    play.give(a, "sword");
    play.give(b, "pelt", 4);
    play.coins(b) = 100;
  }

  Verdict step(std::uint32_t key, TradeAction action, std::uint32_t other = 0) {
    return play.ask(TradeStep{.key = {key}, .action = action, .other = {other}});
  }
  Verdict offer(std::uint32_t key, BagSlot slot, std::uint16_t count) {
    return play.ask(TradeStep{.key = {key}, .action = TradeAction::Offer, .other = {}, .slot = slot, .count = count});
  }
  Verdict coins(std::uint32_t key, std::int64_t amount) {
    return play.ask(TradeStep{.key = {key}, .action = TradeAction::Coins, .other = {}, .coins = amount});
  }
  void begin() {
    ASSERT_EQ(step(1, TradeAction::Ask, 2), Verdict::Accepted);
    ASSERT_EQ(step(2, TradeAction::Ask, 1), Verdict::Accepted);
  }
  void lock_both() {
    ASSERT_EQ(step(1, TradeAction::Lock), Verdict::Accepted);
    ASSERT_EQ(step(2, TradeAction::Lock), Verdict::Accepted);
  }
  /// Both confirm; what the second is told.
  Verdict settle() {
    lock_both();
    EXPECT_EQ(step(1, TradeAction::Confirm), Verdict::Accepted);
    return step(2, TradeAction::Confirm);
  }
  void watch() {
    play.events.clear();
    TickContext ctx = play.context();
    watch_trades(play.state, ctx);
  }
  TradeStage stage(std::uint32_t key) {
    const TradeState* trade = find_trade(play.state, {key});
    return trade->sides[trade->place_of({key})].stage;
  }
  /// Of the last news that were told to `key`.
  TradeChanged told(std::uint32_t key) {
    TradeChanged last{};
    for (const TradeChanged& changed : events_of<TradeChanged>(play.events)) {
      if (changed.key == PlayerKey{key}) last = changed;
    }
    return last;
  }
  void expect_over(Verdict why) {
    EXPECT_EQ(find_trade(play.state, {1}), nullptr);
    for (const std::uint32_t key : {1U, 2U}) {
      EXPECT_EQ(told(key).news, TradeNews::Cancelled);
      EXPECT_EQ(told(key).why, why);
    }
  }

  Play play;
  EntityIndex a;
  EntityIndex b;
};

TEST_F(TradeTest, BeginsWhenBothHaveAsked) {
  EXPECT_EQ(step(1, TradeAction::Ask, 2), Verdict::Accepted);
  EXPECT_EQ(told(2).news, TradeNews::Asked);
  EXPECT_EQ(find_trade(play.state, {1}), nullptr);
  EXPECT_EQ(offer(1, 0, 1), Verdict::NoTrade);
  EXPECT_EQ(step(2, TradeAction::Ask, 1), Verdict::Accepted);
  EXPECT_EQ(told(1).news, TradeNews::Begun);
  EXPECT_EQ(told(2).news, TradeNews::Begun);
  EXPECT_NE(find_trade(play.state, {1}), nullptr);
}

TEST_F(TradeTest, ExchangesWhatBothOffer) {
  begin();
  ASSERT_EQ(offer(1, 0, 7), Verdict::Accepted);
  ASSERT_EQ(offer(1, 1, 1), Verdict::Accepted);
  ASSERT_EQ(offer(2, 0, 4), Verdict::Accepted);
  ASSERT_EQ(coins(2, 60), Verdict::Accepted);
  const std::int64_t sword = play.slot(a, 1).uid;
  EXPECT_EQ(settle(), Verdict::Accepted);
  EXPECT_EQ(told(1).news, TradeNews::Done);
  EXPECT_EQ(told(2).news, TradeNews::Done);
  EXPECT_EQ(play.held(a, "potion"), 3);
  EXPECT_EQ(play.held(b, "potion"), 7);
  EXPECT_EQ(play.held(a, "pelt"), 4);
  EXPECT_EQ(play.held(b, "pelt"), 0);
  EXPECT_EQ(play.held(b, "sword"), 1);
  EXPECT_EQ(play.coins(a), 60);
  EXPECT_EQ(play.coins(b), 40);
  const auto& bag = play.state.inventory(b).bag;
  EXPECT_TRUE(std::any_of(bag.begin(), bag.end(), [&](const ItemStack& stack) { return stack.uid == sword; }));
  EXPECT_TRUE(play.state.trades.empty());
}

TEST_F(TradeTest, TellsOfTheGiverThenOfTheTaker) {
  begin();
  offer(1, 0, 7);
  coins(2, 60);
  ASSERT_EQ(settle(), Verdict::Accepted);
  const auto items = events_of<ItemMoved>(play.events);
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].key, PlayerKey{1});
  EXPECT_EQ(items[0].count, -7);
  EXPECT_EQ(items[1].key, PlayerKey{2});
  EXPECT_EQ(items[1].count, 7);
  EXPECT_EQ(items[1].source, Source::Trade);
  const auto money = events_of<CoinsMoved>(play.events);
  ASSERT_EQ(money.size(), 2U);
  EXPECT_EQ(money[0].key, PlayerKey{2});
  EXPECT_EQ(money[0].amount, -60);
  EXPECT_EQ(money[1].amount, 60);
}

TEST_F(TradeTest, NothingIsConfirmedBeforeBothHaveLocked) {
  begin();
  EXPECT_EQ(step(1, TradeAction::Confirm), Verdict::NotLocked);
  step(1, TradeAction::Lock);
  EXPECT_EQ(step(1, TradeAction::Confirm), Verdict::NotLocked);
  step(2, TradeAction::Lock);
  EXPECT_EQ(step(1, TradeAction::Confirm), Verdict::Accepted);
  EXPECT_EQ(stage(1), TradeStage::Confirmed);
}

TEST_F(TradeTest, AnyChangeOfAnOfferTakesBothConfirmationsBack) {
  const auto changes = [&](const auto& change) {
    lock_both();
    ASSERT_EQ(step(1, TradeAction::Confirm), Verdict::Accepted);
    ASSERT_EQ(change(), Verdict::Accepted);
    EXPECT_EQ(stage(1), TradeStage::Open);
    EXPECT_EQ(stage(2), TradeStage::Open);
    EXPECT_EQ(told(1).news, TradeNews::Changed);
  };
  begin();
  changes([&] { return offer(2, 0, 1); });
  changes([&] { return offer(2, 0, 3); });
  changes([&] { return coins(2, 5); });
  changes([&] { return offer(2, 0, 0); });
  changes([&] { return offer(1, 0, 1); });
}

TEST_F(TradeTest, OffersOnlyWhatThereIs) {
  begin();
  EXPECT_EQ(offer(1, 5, 1), Verdict::NothingThere);
  EXPECT_EQ(offer(1, 200, 1), Verdict::WrongSlot);
  EXPECT_EQ(offer(1, 0, 11), Verdict::NoSuchItem);
  EXPECT_EQ(offer(1, 0, 0), Verdict::NothingThere);
  EXPECT_EQ(coins(1, 1), Verdict::NotEnoughCoins);
  EXPECT_EQ(coins(2, -1), Verdict::NotEnoughCoins);
  EXPECT_EQ(coins(2, 100), Verdict::Accepted);
}

TEST_F(TradeTest, WhatIsBoundIsNotForOthers) {
  play.give(a, "token");
  begin();
  EXPECT_EQ(offer(1, 2, 1), Verdict::Bound);
}

TEST_F(TradeTest, AnOfferHasItsBound) {
  for (int i = 0; i < 10; ++i) play.give(a, "axe");
  begin();
  for (BagSlot slot = 0; slot < kTradeOffersMax; ++slot) ASSERT_EQ(offer(1, slot, 1), Verdict::Accepted);
  EXPECT_EQ(offer(1, kTradeOffersMax, 1), Verdict::TooMany);
  EXPECT_EQ(offer(1, 0, 2), Verdict::Accepted);
}

TEST_F(TradeTest, AFullBagRefusesAndNothingMoves) {
  play.fill_bag(b);
  begin();
  offer(1, 1, 1);
  EXPECT_EQ(settle(), Verdict::BagFull);
  EXPECT_EQ(told(1).news, TradeNews::Changed);
  EXPECT_EQ(told(1).why, Verdict::BagFull);
  EXPECT_EQ(play.held(a, "sword"), 1);
  EXPECT_EQ(stage(1), TradeStage::Open);
}

TEST_F(TradeTest, FullBagsCanSwap) {
  play.fill_bag(a);
  play.fill_bag(b);
  begin();
  offer(1, 1, 1);
  offer(2, 0, 4);
  EXPECT_EQ(settle(), Verdict::Accepted);
  EXPECT_EQ(play.held(b, "sword"), 1);
  EXPECT_EQ(play.held(a, "pelt"), 4);
}

TEST_F(TradeTest, WhatIsGoneLeavesTheOffer) {
  begin();
  offer(1, 0, 10);
  coins(2, 100);
  lock_both();
  play.ask(ArrangeBag{.key = {1}, .action = BagAction::Destroy, .from = 0, .count = 1});
  play.coins(b) = 30;
  watch();
  EXPECT_EQ(told(2).why, Verdict::NoSuchItem);
  EXPECT_EQ(stage(2), TradeStage::Open);
  EXPECT_EQ(find_trade(play.state, {1})->sides[0].count, 0);
  EXPECT_EQ(find_trade(play.state, {1})->sides[1].coins, 30);
}

TEST_F(TradeTest, WhatIsGoneInTheTickOfTheConfirmationIsNotExchanged) {
  begin();
  offer(1, 0, 10);
  lock_both();
  step(1, TradeAction::Confirm);
  play.slot(a, 0).count = 9;
  EXPECT_EQ(step(2, TradeAction::Confirm), Verdict::NoSuchItem);
  EXPECT_EQ(play.held(b, "potion"), 0);
}

TEST_F(TradeTest, EndsOutOfRange) {
  begin();
  play.state.positions[b.value] = {units(900), units(900)};
  lock_both();
  step(1, TradeAction::Confirm);
  EXPECT_EQ(step(2, TradeAction::Confirm), Verdict::OutOfRange);
  watch();
  expect_over(Verdict::OutOfRange);
}

TEST_F(TradeTest, EndsByDeath) {
  begin();
  play.state.fighter(b).hp = 0;
  EXPECT_EQ(step(2, TradeAction::Lock), Verdict::Dead);
  watch();
  expect_over(Verdict::Dead);
}

TEST_F(TradeTest, EndsWhenOneLeaves) {
  begin();
  play.events.clear();
  play.run({RemovePlayer{{2}}});
  expect_over(Verdict::NoSuchPlayer);
}

TEST_F(TradeTest, EndsByWishAndDeclines) {
  begin();
  EXPECT_EQ(step(2, TradeAction::Cancel), Verdict::Accepted);
  expect_over(Verdict::Accepted);
  step(1, TradeAction::Ask, 2);
  EXPECT_EQ(step(2, TradeAction::Cancel), Verdict::Accepted);
  expect_over(Verdict::Accepted);
  EXPECT_EQ(step(2, TradeAction::Cancel), Verdict::NoTrade);
  EXPECT_EQ(step(2, TradeAction::Ask, 1), Verdict::Accepted);
  EXPECT_EQ(find_trade(play.state, {1}), nullptr);
}

TEST_F(TradeTest, AQuestionWaitsForAWhile) {
  step(1, TradeAction::Ask, 2);
  play.state.now += play.state.ticks(kTradeAnswerMs);
  watch();
  expect_over(Verdict::Busy);
  EXPECT_TRUE(play.state.trades.empty());
}

TEST_F(TradeTest, NobodyTradesWithTwoOrWithThemselves) {
  begin();
  EXPECT_EQ(step(3, TradeAction::Ask, 1), Verdict::TradeBusy);
  EXPECT_EQ(step(1, TradeAction::Ask, 3), Verdict::Busy);
  EXPECT_EQ(step(3, TradeAction::Ask, 3), Verdict::WrongTarget);
  EXPECT_EQ(step(3, TradeAction::Ask, 99), Verdict::NoSuchPlayer);
}

TEST_F(TradeTest, ANewQuestionReplacesTheOldOne) {
  step(1, TradeAction::Ask, 2);
  step(1, TradeAction::Ask, 3);
  EXPECT_EQ(play.state.trades.size(), 1U);
  EXPECT_EQ(step(3, TradeAction::Ask, 1), Verdict::Accepted);
  EXPECT_NE(find_trade(play.state, {3}), nullptr);
}

TEST_F(TradeTest, WaitsForTheRecords) {
  begin();
  offer(1, 0, 1);
  lock_both();
  step(1, TradeAction::Confirm);
  play.state.economy_open = false;
  EXPECT_EQ(step(2, TradeAction::Confirm), Verdict::StoreBehind);
  EXPECT_EQ(play.held(b, "potion"), 0);
  play.state.economy_open = true;
  EXPECT_EQ(step(2, TradeAction::Confirm), Verdict::Accepted);
}

}  // namespace
}  // namespace throng::sim
