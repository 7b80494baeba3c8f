#include <gtest/gtest.h>

#include "sim/play_fixture.h"

namespace throng::sim {
namespace {

using content::EquipmentSlot;
using test::events_of;
using test::Play;

struct EquipTest : testing::Test {
  Play play;
  EntityIndex player = play.join(1);

  Verdict wear(std::string_view id) { return play.ask(Equip{{1}, play.item(id)}); }
  Verdict take_off(EquipmentSlot slot) { return play.ask(Unequip{{1}, slot}); }
  ItemStack& worn(EquipmentSlot slot) { return play.state.inventory(player).worn[static_cast<std::size_t>(slot)]; }
  std::int32_t attack() { return play.state.fighter(player).stats[content::Stat::Attack]; }
};

TEST_F(EquipTest, AWornSwordAddsItsBonusAndIsBound) {
  const std::int32_t before = attack();
  play.give(player, "sword");
  EXPECT_FALSE(play.slot(player, 0).bound);
  EXPECT_EQ(wear("sword"), Verdict::Accepted);
  EXPECT_TRUE(worn(EquipmentSlot::Weapon).bound);
  EXPECT_EQ(play.held(player, "sword"), 0);
  EXPECT_EQ(attack(), before + 7);
  EXPECT_EQ(take_off(EquipmentSlot::Weapon), Verdict::Accepted);
  EXPECT_EQ(attack(), before);
  EXPECT_TRUE(play.slot(player, 0).bound);
}

TEST_F(EquipTest, NothingEntersOrLeavesPossession) {
  play.give(player, "sword");
  wear("sword");
  EXPECT_TRUE(events_of<ItemMoved>(play.events).empty());
  take_off(EquipmentSlot::Weapon);
  EXPECT_TRUE(events_of<ItemMoved>(play.events).empty());
}

TEST_F(EquipTest, WhatWasWornGoesToTheSlotThatBecameFree) {
  play.state.fighter(player).level = 5;
  play.give(player, "sword");
  wear("sword");
  play.give(player, "pelt");
  play.give(player, "axe");
  EXPECT_EQ(wear("axe"), Verdict::Accepted);
  EXPECT_EQ(worn(EquipmentSlot::Weapon).item, play.item("axe"));
  EXPECT_EQ(play.slot(player, 1).item, play.item("sword"));
}

TEST_F(EquipTest, OnePieceOfAStackIsWorn) {
  play.give(player, "ring", 3);
  EXPECT_EQ(wear("ring"), Verdict::Accepted);
  EXPECT_EQ(worn(EquipmentSlot::Ring).count, 1);
  EXPECT_EQ(play.held(player, "ring"), 2);
  EXPECT_EQ(wear("ring"), Verdict::Accepted);
  EXPECT_EQ(play.held(player, "ring"), 2);
}

TEST_F(EquipTest, RefusesAPieceOfAStackWhenTheWornOneFindsNoRoom) {
  play.give(player, "ring");
  wear("ring");
  worn(EquipmentSlot::Ring).bound = true;  // so that it does not stack with the others
  play.give(player, "ring", 2);
  play.fill_bag(player);
  EXPECT_EQ(wear("ring"), Verdict::BagFull);
  EXPECT_EQ(play.held(player, "ring"), 2);
}

TEST_F(EquipTest, RefusesWhatIsNotThereNotWearableOrTooHigh) {
  EXPECT_EQ(wear("sword"), Verdict::NoSuchItem);
  play.give(player, "pelt");
  EXPECT_EQ(wear("pelt"), Verdict::NotUsable);
  play.give(player, "axe");
  EXPECT_EQ(wear("axe"), Verdict::LevelTooLow);
  play.state.fighter(player).hp = 0;
  EXPECT_EQ(wear("axe"), Verdict::Dead);
}

TEST_F(EquipTest, RefusesToTakeOffWhatIsNotWorn) {
  EXPECT_EQ(take_off(EquipmentSlot::Head), Verdict::NothingThere);
  EXPECT_EQ(take_off(static_cast<EquipmentSlot>(200)), Verdict::WrongSlot);
}

TEST_F(EquipTest, RefusesToTakeOffIntoAFullBag) {
  play.give(player, "sword");
  wear("sword");
  play.fill_bag(player);
  EXPECT_EQ(take_off(EquipmentSlot::Weapon), Verdict::BagFull);
  EXPECT_FALSE(worn(EquipmentSlot::Weapon).empty());
}

TEST_F(EquipTest, ABrokenSwordGivesNoBonus) {
  const std::int32_t before = attack();
  play.give(player, "sword");
  wear("sword");
  TickContext ctx = play.context();
  wear_down(play.state, ctx, player, BasisPoints{3'000});
  EXPECT_EQ(worn(EquipmentSlot::Weapon).durability, 70);
  EXPECT_EQ(attack(), before + 7);
  wear_down(play.state, ctx, player, BasisPoints{10'000});
  EXPECT_EQ(worn(EquipmentSlot::Weapon).durability, 0);
  EXPECT_EQ(attack(), before);
}

TEST_F(EquipTest, WearingDownTakesAtLeastAPoint) {
  play.give(player, "sword");
  wear("sword");
  TickContext ctx = play.context();
  wear_down(play.state, ctx, player, BasisPoints{1});
  EXPECT_EQ(worn(EquipmentSlot::Weapon).durability, 99);
  wear_down(play.state, ctx, player, BasisPoints{0});
  EXPECT_EQ(worn(EquipmentSlot::Weapon).durability, 99);
}

}  // namespace
}  // namespace throng::sim
