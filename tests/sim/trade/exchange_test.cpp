#include "sim/trade/exchange.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "sim/play_fixture.h"
#include "sim/trade/trade.h"

namespace throng::sim {
namespace {

using test::Play;

/// Everything that two have between them.
struct Wealth {
  std::map<std::uint16_t, std::int64_t> items;
  std::multiset<std::int64_t> pieces;
  std::int64_t coins = 0;
  friend bool operator==(const Wealth&, const Wealth&) = default;
};

Wealth wealth_of(const WorldState& state, std::initializer_list<EntityIndex> players) {
  Wealth wealth;
  for (const EntityIndex player : players) {
    const Inventory& inventory = state.inventory(player);
    wealth.coins += inventory.coins;
    for (const ItemStack& stack : inventory.bag) {
      if (stack.empty()) continue;
      wealth.items[stack.item.value] += stack.count;
      if (stack.uid != 0) wealth.pieces.insert(stack.uid);
    }
  }
  return wealth;
}

void expect_no_stack_beyond_its_limit(const WorldState& state, EntityIndex player) {
  for (const ItemStack& stack : state.inventory(player).bag) {
    if (!stack.empty()) {
      EXPECT_LE(stack.count, state.content->item(stack.item).stack_max);
    }
  }
}

Intent any_step(Rng& rng, std::uint32_t key) {
  TradeStep step{.key = {key}, .other = {3 - key}};
  const std::uint32_t choice = rng.below(12);
  if (choice < 2) step.action = TradeAction::Ask;
  if (choice >= 2 && choice < 5) step.action = TradeAction::Offer;
  if (choice == 5) step.action = TradeAction::Coins;
  if (choice >= 6 && choice < 9) step.action = TradeAction::Lock;
  if (choice >= 9) step.action = TradeAction::Confirm;
  if (rng.below(200) == 0) step.action = TradeAction::Cancel;
  step.slot = static_cast<BagSlot>(rng.below(10));
  step.count = static_cast<std::uint16_t>(rng.below(6));
  step.coins = rng.below(150);
  return step;
}

class ExchangeProperty : public testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Seeds, ExchangeProperty, testing::Range(std::uint64_t{1}, std::uint64_t{9}));

TEST_P(ExchangeProperty, NothingIsMadeOrLost) {
  SCOPED_TRACE(testing::Message() << "seed " << GetParam());
  Rng rng(GetParam());
  Play play;
  const EntityIndex a = play.join(1);
  const EntityIndex b = play.join(2);
  for (const EntityIndex player : {a, b}) {
    for (const char* const id : {"potion", "pelt", "sword", "axe", "axe", "ring", "elixir", "token"}) {
      play.give(player, id, 1 + static_cast<int>(rng.below(5)));
    }
    play.coins(player) = 100;
  }
  const Wealth before = wealth_of(play.state, {a, b});
  int exchanges = 0;
  for (int i = 0; i < 4'000; ++i) {
    play.events.clear();
    play.run({any_step(rng, 1 + rng.below(2))});
    TickContext ctx = play.context();
    watch_trades(play.state, ctx);
    exchanges += test::events_of<CoinsMoved>(play.events).empty() ? 0 : 1;
    ASSERT_EQ(wealth_of(play.state, {a, b}), before) << "step " << i;
    expect_no_stack_beyond_its_limit(play.state, a);
    expect_no_stack_beyond_its_limit(play.state, b);
  }
  EXPECT_GT(exchanges, 5);
}

TEST(Exchange, MoreCoinsThanAPurseHoldsAreRefused) {
  Play play;
  const EntityIndex a = play.join(1);
  const EntityIndex b = play.join(2);
  play.coins(a) = kCoinsMax;
  play.coins(b) = 5;
  TickContext ctx = play.context();
  EXPECT_EQ(exchange(play.state, ctx, {a, {}, 0}, {b, {}, 1}), Verdict::TooMany);
  EXPECT_EQ(exchange(play.state, ctx, {a, {}, 2}, {b, {}, 1}), Verdict::Accepted);
  EXPECT_EQ(play.coins(a), kCoinsMax - 1);
  EXPECT_EQ(play.coins(b), 6);
}

TEST(Exchange, ASlotThatIsOfferedTwiceIsNotThereTwice) {
  Play play;
  const EntityIndex a = play.join(1);
  const EntityIndex b = play.join(2);
  play.give(a, "potion", 5);
  TradeOffer offer{0, play.slot(a, 0)};
  offer.stack.count = 3;
  const std::array<TradeOffer, 2> twice{offer, offer};
  TickContext ctx = play.context();
  EXPECT_EQ(exchange(play.state, ctx, {a, twice, 0}, {b, {}, 0}), Verdict::NoSuchItem);
  EXPECT_EQ(play.held(a, "potion"), 5);
}

}  // namespace
}  // namespace throng::sim
