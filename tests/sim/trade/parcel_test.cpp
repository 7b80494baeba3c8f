#include "sim/trade/parcel.h"

#include <gtest/gtest.h>

#include "sim/play_fixture.h"

namespace throng::sim {
namespace {

using test::Play;

class ParcelTest : public testing::Test {
 protected:
  const ItemStack& slot(std::size_t i) { return play.state.inventory(ann).bag[i]; }
  TradeOffer out_of(BagSlot place, std::uint16_t count) {
    TradeOffer thing{place, slot(place)};
    thing.stack.count = count;
    return thing;
  }
  Verdict mail(MailAction action, std::vector<TradeOffer> things, std::int64_t coins = 0) {
    const auto parcel = std::make_shared<const MailParcel>(MailParcel{std::move(things), coins});
    return play.ask(MailStep{{1}, action, parcel, 7});
  }

  Play play;
  EntityIndex ann = play.join(1);
};

TEST_F(ParcelTest, WhatIsSentLeavesTheBagAndIsTold) {
  play.give(ann, "potion", 5);
  play.give(ann, "sword");
  play.coins(ann) = 30;
  const std::int64_t sword = slot(1).uid;
  EXPECT_EQ(mail(MailAction::Send, {out_of(0, 2), out_of(1, 1)}, 10), Verdict::Accepted);
  EXPECT_EQ(slot(0).count, 3);
  EXPECT_TRUE(slot(1).empty());
  EXPECT_EQ(play.coins(ann), 20);
  const auto items = test::events_of<ItemMoved>(play.events);
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].count, -2);
  EXPECT_EQ(items[1].uid, sword);
  EXPECT_EQ(items[1].source, Source::Mail);
  EXPECT_EQ(test::events_of<CoinsMoved>(play.events)[0].amount, -10);
}

TEST_F(ParcelTest, NothingIsSentUnlessAllOfItIsThereAndFree) {
  play.give(ann, "potion", 5);
  play.give(ann, "token");
  play.coins(ann) = 30;
  TradeOffer more = out_of(0, 5);
  more.stack.count = 6;
  EXPECT_EQ(mail(MailAction::Send, {more}), Verdict::NoSuchItem);
  EXPECT_EQ(mail(MailAction::Send, {out_of(0, 3), out_of(0, 3)}), Verdict::NoSuchItem) << "one slot twice";
  EXPECT_EQ(mail(MailAction::Send, {out_of(0, 1), out_of(1, 1)}), Verdict::Bound);
  EXPECT_EQ(mail(MailAction::Send, {out_of(0, 1)}, 31), Verdict::NotEnoughCoins);
  EXPECT_EQ(mail(MailAction::Send, {out_of(0, 1)}, -1), Verdict::NotEnoughCoins);
  EXPECT_EQ(mail(MailAction::Send, {{content::kBagCapacityMax, slot(0)}}), Verdict::WrongSlot);
  EXPECT_EQ(slot(0).count, 5);
  EXPECT_EQ(play.coins(ann), 30);
}

TEST_F(ParcelTest, WhatIsTakenKeepsItsNumberAndItsWear) {
  const ItemStack sword{play.item("sword"), 1, 41, false, 4'711};
  EXPECT_EQ(mail(MailAction::Take, {{0, sword}, {0, {play.item("token"), 2}}}, 8), Verdict::Accepted);
  EXPECT_EQ(slot(0), sword);
  EXPECT_TRUE(slot(1).bound) << "as whatever is picked up";
  EXPECT_EQ(play.coins(ann), 8);
  EXPECT_EQ(test::events_of<ItemMoved>(play.events)[0].uid, 4'711);
}

TEST_F(ParcelTest, AFullBagTakesNothing) {
  while (play.give(ann, "ring") == 1) {
  }
  const Inventory before = play.state.inventory(ann);
  EXPECT_EQ(mail(MailAction::Take, {{0, {play.item("potion"), 1}}}, 8), Verdict::BagFull);
  EXPECT_EQ(play.state.inventory(ann), before);
  EXPECT_TRUE(test::events_of<ItemMoved>(play.events).empty());
}

TEST_F(ParcelTest, AFullPurseTakesNothing) {
  play.coins(ann) = kCoinsMax - 5;
  EXPECT_EQ(mail(MailAction::Take, {}, 6), Verdict::TooMany);
  EXPECT_EQ(mail(MailAction::Take, {}, 5), Verdict::Accepted);
}

TEST_F(ParcelTest, NonsenseIsRefused) {
  EXPECT_EQ(mail(MailAction::Take, {{0, {{9'999}, 1}}}), Verdict::NoSuchItem);
  EXPECT_EQ(mail(MailAction::Take, {{0, {}}}), Verdict::NoSuchItem);
  EXPECT_EQ(mail(MailAction::Take, std::vector<TradeOffer>(kParcelThingsMax + 1)), Verdict::TooMany);
  EXPECT_EQ(play.ask(MailStep{{1}, MailAction::Take, nullptr, 1}), Verdict::Accepted) << "without effect";
}

TEST_F(ParcelTest, MailWaitsWhileNothingCanBeKept) {
  play.state.economy_open = false;
  EXPECT_EQ(mail(MailAction::Take, {}, 5), Verdict::StoreBehind);
  EXPECT_EQ(play.coins(ann), 0);
}

}  // namespace
}  // namespace throng::sim
