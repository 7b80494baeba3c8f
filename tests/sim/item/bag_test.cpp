#include "sim/item/bag.h"

#include <gtest/gtest.h>

#include <array>

#include "sim/play_fixture.h"

namespace throng::sim {
namespace {

using FullBag = std::array<ItemStack, content::kBagCapacityMax>;

struct BagTest : testing::Test {
  std::shared_ptr<const content::GameContent> game = content::link_by_hand(test::village());
  FullBag bag{};

  content::ItemRef item(std::string_view id) const { return *game->find_item(id); }
  ItemStack some(std::string_view id, int count) const { return fresh_stack(*game, item(id), count); }
  int put(const ItemStack& stack, int capacity = 4) { return put_in_bag(bag, capacity, game->item(stack.item), stack); }
};

TEST_F(BagTest, FillsStartedStacksBeforeFreeSlots) {
  bag[2] = some("pelt", 8);
  EXPECT_EQ(put(some("pelt", 5)), 5);
  EXPECT_EQ(bag[2].count, 10);
  EXPECT_EQ(bag[0].count, 3);
}

TEST_F(BagTest, TakesWhatFitsAndLeavesTheRest) {
  EXPECT_EQ(put(some("pelt", 25), 2), 20);
  EXPECT_EQ(put(some("pelt", 1), 2), 0);
  EXPECT_EQ(bag[2], ItemStack{});
}

TEST_F(BagTest, CountsTheRoomThatPuttingInFinds) {
  for (const int capacity : {0, 1, 3, content::kBagCapacityMax}) {
    for (const int count : {1, 9, 33, 900}) {
      bag = {};
      bag[0] = some("pelt", 4);
      const int room = room_in_bag(bag, capacity, game->item(item("pelt")), some("pelt", count));
      EXPECT_EQ(room, put(some("pelt", count), capacity)) << capacity << " slots, " << count;
    }
  }
}

TEST_F(BagTest, KeepsBoundAndFreeThingsApart) {
  ItemStack bound = some("pelt", 1);
  bound.bound = true;
  put(some("pelt", 1));
  put(bound);
  EXPECT_EQ(bag[0].count, 1);
  EXPECT_EQ(bag[1].count, 1);
}

TEST_F(BagTest, DoesNotStackWhatWearsOut) {
  EXPECT_EQ(stack_limit(game->item(item("sword"))), 1);
  EXPECT_EQ(stack_limit(game->item(item("ring"))), 5);
}

TEST_F(BagTest, TakesExactlyOrNothing) {
  bag[1] = some("pelt", 2);
  bag[3] = some("pelt", 2);
  EXPECT_FALSE(take_from_bag(bag, item("pelt"), 5));
  EXPECT_EQ(count_in_bag(bag, content::kBagCapacityMax, item("pelt")), 4);
  EXPECT_TRUE(take_from_bag(bag, item("pelt"), 3));
  EXPECT_EQ(bag[1], ItemStack{});
  EXPECT_EQ(bag[3].count, 1);
}

TEST_F(BagTest, SortsByTypeThenRarityThenId) {
  bag[9] = some("token", 1);
  bag[3] = some("book", 1);
  bag[5] = some("pelt", 4);
  bag[7] = some("potion", 2);
  bag[8] = some("pelt", 9);
  bag[40] = some("axe", 1);
  sort_bag(bag, *game);
  EXPECT_EQ(bag[0], some("pelt", 10));  // uncommon before common
  EXPECT_EQ(bag[1], some("pelt", 3));
  EXPECT_EQ(bag[2].item, item("token"));
  EXPECT_EQ(bag[3].item, item("potion"));
  EXPECT_EQ(bag[4].item, item("axe"));
  EXPECT_EQ(bag[5].item, item("book"));
  EXPECT_TRUE(bag[6].empty());
}

TEST_F(BagTest, SortingKeepsAStackThatIsLargerThanContentNowAllows) {
  bag[5] = some("pelt", 15);
  bag[6] = some("pelt", 3);
  sort_bag(bag, *game);
  EXPECT_EQ(bag[0].count, 15);
  EXPECT_EQ(bag[1].count, 3);
}

TEST(Bag, PiecesWithAUidShareNoSlot) {
  const ItemStack loose{.item = {0}, .count = 1};
  ItemStack piece = loose;
  piece.uid = 7;
  EXPECT_TRUE(same_things(loose, loose));
  EXPECT_FALSE(same_things(piece, loose));
  EXPECT_FALSE(same_things(piece, piece));
}

}  // namespace
}  // namespace throng::sim
