#include "sim/people/shop.h"

#include <gtest/gtest.h>

#include "sim/play_fixture.h"

namespace throng::sim {
namespace {

using test::events_of;
using test::Play;

struct ShopTest : testing::Test {
  ShopTest() { play.coins(player) = 500; }

  Verdict buy(std::string_view item, int count = 1, std::string_view npc = "smith") {
    return play.ask(Trade{{1}, ShopAction::Buy, play.npc(npc), play.item(item), 0, static_cast<std::uint16_t>(count)});
  }
  Verdict sell(int slot, int count = 1) {
    return play.ask(Trade{
        {1}, ShopAction::Sell, play.npc("smith"), {}, static_cast<BagSlot>(slot), static_cast<std::uint16_t>(count)});
  }
  Verdict buy_back(std::string_view item) {
    return play.ask(Trade{{1}, ShopAction::BuyBack, play.npc("smith"), play.item(item)});
  }
  Verdict repair() { return play.ask(Trade{{1}, ShopAction::Repair, play.npc("smith"), {}}); }

  Play play;
  EntityIndex player = play.join(1);
};

TEST_F(ShopTest, BuyingTakesCoinsAndGivesFreshThings) {
  EXPECT_EQ(buy("potion", 3), Verdict::Accepted);
  EXPECT_EQ(play.held(player, "potion"), 3);
  EXPECT_EQ(play.coins(player), 500 - 36) << "the offer's own price";
  EXPECT_EQ(events_of<ItemMoved>(play.events).at(0).source, Source::Shop);
  EXPECT_EQ(events_of<CoinsMoved>(play.events).at(0).amount, -36);
  EXPECT_EQ(buy("sword"), Verdict::Accepted);
  EXPECT_EQ(play.coins(player), 364) << "the item's price";
  EXPECT_EQ(play.slot(player, 1).durability, 100);
}

TEST_F(ShopTest, RefusesWhatIsNotOffered) {
  EXPECT_EQ(buy("token"), Verdict::NotForSale);
  EXPECT_EQ(buy("pelt"), Verdict::NotForSale) << "without a price";
  EXPECT_EQ(play.ask(Trade{{1}, ShopAction::Buy, play.npc("smith"), content::ItemRef{content::kNoNumber}}),
            Verdict::NotForSale);
  play.reload([&](content::GameContent& game) { game.items[play.item("potion").value].retired = true; });
  EXPECT_EQ(buy("potion"), Verdict::NotForSale);
}

TEST_F(ShopTest, RefusesWhatOneCannotPayOrCarry) {
  EXPECT_EQ(buy("sword", 6), Verdict::NotEnoughCoins);
  EXPECT_EQ(buy("potion", 0), Verdict::NoSuchItem);
  play.fill_bag(player);
  EXPECT_EQ(buy("potion"), Verdict::BagFull);
  EXPECT_EQ(play.coins(player), 500);
}

TEST_F(ShopTest, RefusesNpcsWithoutAShopAbsentOnesAndThoseFarAway) {
  EXPECT_EQ(buy("potion", 1, "elder"), Verdict::NoShop);
  EXPECT_EQ(buy("potion", 1, "hermit"), Verdict::NoSuchNpc);
  play.state.positions[player.value] = {units(700), units(500)};
  EXPECT_EQ(buy("potion"), Verdict::OutOfRange);
  play.state.fighter(player).hp = 0;
  EXPECT_EQ(buy("potion"), Verdict::Dead);
}

TEST_F(ShopTest, SellingPaysForTheStack) {
  play.give(player, "potion", 5);
  EXPECT_EQ(sell(0, 2), Verdict::Accepted);
  EXPECT_EQ(play.coins(player), 508);
  EXPECT_EQ(play.held(player, "potion"), 3);
  EXPECT_EQ(sell(0, 4), Verdict::NoSuchItem);
  EXPECT_EQ(sell(0, 0), Verdict::NoSuchItem);
  EXPECT_EQ(sell(7), Verdict::NothingThere);
  EXPECT_EQ(sell(250), Verdict::NothingThere);
}

TEST_F(ShopTest, RefusesToBuyWhatHasNoPrice) {
  play.give(player, "token");
  EXPECT_EQ(sell(0), Verdict::NotForSale);
  EXPECT_EQ(play.held(player, "token"), 1);
}

TEST_F(ShopTest, WhatWasSoldCanBeHadBackAsItWas) {
  play.give(player, "sword");
  play.slot(player, 0).durability = 60;
  play.slot(player, 0).bound = true;
  const ItemStack sword = play.slot(player, 0);
  sell(0);
  EXPECT_EQ(buy_back("sword"), Verdict::Accepted);
  EXPECT_EQ(play.slot(player, 0), sword);
  EXPECT_EQ(play.coins(player), 500);
  EXPECT_EQ(buy_back("sword"), Verdict::NotForSale);
}

TEST_F(ShopTest, RefusesToGiveBackWithoutCoinsOrRoom) {
  play.give(player, "sword");
  sell(0);
  play.coins(player) = 39;
  EXPECT_EQ(buy_back("sword"), Verdict::NotEnoughCoins);
  play.coins(player) = 40;
  play.fill_bag(player);
  EXPECT_EQ(buy_back("sword"), Verdict::BagFull);
  EXPECT_EQ(play.state.inventory(player).buy_back.size(), 1u);
}

TEST_F(ShopTest, RemembersTheLastSalesOnly) {
  for (int i = 0; i < 12; ++i) {
    play.give(player, i < 2 ? "sword" : "pelt");
    sell(0);
  }
  EXPECT_EQ(play.state.inventory(player).buy_back.size(), kBuyBackMax);
  EXPECT_EQ(buy_back("sword"), Verdict::NotForSale);
  play.reload([](content::GameContent& game) { game.balance.buy_back_max = 2; });
  play.give(player, "potion");
  sell(0);
  EXPECT_EQ(play.state.inventory(player).buy_back.size(), 2u);
  EXPECT_EQ(buy_back("potion"), Verdict::Accepted);
}

TEST_F(ShopTest, RepairsEverythingForThePriceOfWhatIsMissing) {
  play.give(player, "sword");
  play.ask(Equip{{1}, play.item("sword")});
  play.give(player, "sword");
  EXPECT_EQ(repair(), Verdict::NothingToRepair);
  ItemStack& worn = play.state.inventory(player).worn[0];
  worn.durability = 0;
  play.slot(player, 0).durability = 50;
  EXPECT_EQ(repair_price(*play.state.content, play.state.inventory(player)), 21 + 11);
  play.coins(player) = 31;
  EXPECT_EQ(repair(), Verdict::NotEnoughCoins);
  play.coins(player) = 32;
  EXPECT_EQ(repair(), Verdict::Accepted);
  EXPECT_EQ(play.coins(player), 0);
  EXPECT_EQ(worn.durability, 100);
  EXPECT_EQ(play.slot(player, 0).durability, 100);
}

TEST_F(ShopTest, ARepairedSwordGivesItsBonusAgain) {
  play.give(player, "sword");
  play.ask(Equip{{1}, play.item("sword")});
  const std::int32_t with_sword = play.state.fighter(player).stats[content::Stat::Attack];
  TickContext ctx = play.context();
  wear_down(play.state, ctx, player, BasisPoints{10'000});
  EXPECT_EQ(play.state.fighter(player).stats[content::Stat::Attack], with_sword - 7);
  repair();
  EXPECT_EQ(play.state.fighter(player).stats[content::Stat::Attack], with_sword);
}

TEST(RepairPrice, IsHalfOfTheSellPriceByTheMissingShareAndACoin) {
  content::ItemDef def;
  def.sell_price = 41;
  def.durability_max = 100;
  const auto price_at = [&](std::uint16_t durability) {
    return repair_price(def, {content::ItemRef{0}, 1, durability, false});
  };
  EXPECT_EQ(price_at(100), 0);
  EXPECT_EQ(price_at(120), 0) << "content has lowered the most";
  EXPECT_EQ(price_at(99), 1);
  EXPECT_EQ(price_at(50), 11);
  EXPECT_EQ(price_at(0), 21);
  def.durability_max = 0;
  EXPECT_EQ(price_at(0), 0);
}

}  // namespace
}  // namespace throng::sim
