#include <gtest/gtest.h>

#include "sim/play_fixture.h"

namespace throng::sim {
namespace {

using test::events_of;
using test::Play;

struct ArrangeBagTest : testing::Test {
  Play play;
  EntityIndex player = play.join(1);

  Verdict arrange(BagAction action, int from, int to = 0, int count = 0) {
    return play.ask(ArrangeBag{
        {1}, action, static_cast<BagSlot>(from), static_cast<BagSlot>(to), static_cast<std::uint16_t>(count)});
  }
  int count_at(std::size_t slot) { return play.slot(player, slot).count; }
};

TEST_F(ArrangeBagTest, MovesAStackToAFreeSlot) {
  play.give(player, "pelt", 4);
  EXPECT_EQ(arrange(BagAction::Move, 0, 39), Verdict::Accepted);
  EXPECT_EQ(count_at(0), 0);
  EXPECT_EQ(count_at(39), 4);
}

TEST_F(ArrangeBagTest, DifferentThingsChangePlaces) {
  play.give(player, "pelt", 4);
  play.give(player, "potion", 2);
  EXPECT_EQ(arrange(BagAction::Move, 0, 1), Verdict::Accepted);
  EXPECT_EQ(play.slot(player, 0).item, play.item("potion"));
  EXPECT_EQ(count_at(1), 4);
}

TEST_F(ArrangeBagTest, TheSameThingsMergeAsFarAsTheyFit) {
  play.give(player, "pelt", 18);
  arrange(BagAction::Split, 0, 5, 4);  // 6, 8, 4
  EXPECT_EQ(arrange(BagAction::Move, 0, 1), Verdict::Accepted);
  EXPECT_EQ(count_at(0), 4);
  EXPECT_EQ(count_at(1), 10);
  EXPECT_EQ(arrange(BagAction::Move, 5, 0), Verdict::Accepted);
  EXPECT_EQ(count_at(0), 8);
  EXPECT_EQ(count_at(5), 0);
}

TEST_F(ArrangeBagTest, SplitsIntoAFreeSlotOrOntoTheSameThings) {
  play.give(player, "pelt", 9);
  EXPECT_EQ(arrange(BagAction::Split, 0, 3, 4), Verdict::Accepted);
  EXPECT_EQ(arrange(BagAction::Split, 0, 3, 2), Verdict::Accepted);
  EXPECT_EQ(count_at(0), 3);
  EXPECT_EQ(count_at(3), 6);
  EXPECT_EQ(arrange(BagAction::Split, 3, kNoBagSlot, 1), Verdict::Accepted);
  EXPECT_EQ(count_at(1), 1);
}

TEST_F(ArrangeBagTest, RefusesSplitsThatGoNowhere) {
  play.give(player, "pelt", 10);
  play.give(player, "potion", 1);
  EXPECT_EQ(arrange(BagAction::Split, 0, 1, 2), Verdict::WrongSlot);
  EXPECT_EQ(arrange(BagAction::Split, 0, 0, 2), Verdict::WrongSlot);
  EXPECT_EQ(arrange(BagAction::Split, 0, 40, 2), Verdict::WrongSlot);
  EXPECT_EQ(arrange(BagAction::Split, 0, 2, 11), Verdict::NoSuchItem);
  play.fill_bag(player);
  EXPECT_EQ(arrange(BagAction::Split, 0, kNoBagSlot, 2), Verdict::BagFull);
}

TEST_F(ArrangeBagTest, RefusesMovesFromNothingAndBeyondTheBag) {
  play.give(player, "pelt", 1);
  EXPECT_EQ(arrange(BagAction::Move, 7, 1), Verdict::NothingThere);
  EXPECT_EQ(arrange(BagAction::Move, 255, 1), Verdict::NothingThere);
  EXPECT_EQ(arrange(BagAction::Move, 0, 40), Verdict::WrongSlot);
  EXPECT_EQ(arrange(BagAction::Move, 0, 255), Verdict::WrongSlot);
  EXPECT_EQ(arrange(BagAction::Move, 0, 0), Verdict::WrongSlot);
}

TEST_F(ArrangeBagTest, DestroyedThingsAreTold) {
  play.give(player, "pelt", 5);
  EXPECT_EQ(arrange(BagAction::Destroy, 0, 0, 2), Verdict::Accepted);
  const auto moved = events_of<ItemMoved>(play.events);
  ASSERT_EQ(moved.size(), 1u);
  EXPECT_EQ(moved[0].count, -2);
  EXPECT_EQ(moved[0].source, Source::Destroy);
  EXPECT_EQ(arrange(BagAction::Destroy, 0, 0, 4), Verdict::NoSuchItem);
  EXPECT_EQ(arrange(BagAction::Destroy, 0), Verdict::Accepted);
  EXPECT_EQ(count_at(0), 0);
  EXPECT_EQ(arrange(BagAction::Destroy, 0), Verdict::NothingThere);
}

TEST_F(ArrangeBagTest, TheDeadMayTidyUp) {
  play.give(player, "potion", 1);
  play.give(player, "pelt", 1);
  play.state.fighter(player).hp = 0;
  EXPECT_EQ(arrange(BagAction::Sort, 0), Verdict::Accepted);
  EXPECT_EQ(play.slot(player, 0).item, play.item("pelt"));
}

TEST_F(ArrangeBagTest, WhatLiesBeyondASmallerBagCanStillBeTakenOut) {
  play.fill_bag(player);
  arrange(BagAction::Destroy, 3);
  play.reload([](content::GameContent& game) { game.balance.bag_capacity = 10; });
  EXPECT_EQ(play.held(player, "axe"), 39);
  EXPECT_EQ(arrange(BagAction::Move, 39, 3), Verdict::Accepted);
  EXPECT_EQ(arrange(BagAction::Destroy, 20), Verdict::Accepted);
  EXPECT_EQ(play.give(player, "pelt"), 0);
}

}  // namespace
}  // namespace throng::sim
