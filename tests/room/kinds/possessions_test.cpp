#include "room/kinds/possessions.h"

#include <gtest/gtest.h>

#include "room/kinds/kept_world.h"

namespace throng::room {
namespace {

constexpr content::ItemRef kPotion{1};
constexpr content::ItemRef kSword{2};

TEST(Possessions, HoldingsAreBagBodyAndCoins) {
  sim::Inventory inventory;
  inventory.bag[0] = {kSword, 1, 20, false, 9};
  inventory.bag[3] = {kPotion, 2, 0, false};
  inventory.bag[7] = {kPotion, 5, 0, true};
  inventory.worn[0] = {kSword, 1, 20, true, 4};
  inventory.coins = 60;
  Holdings holdings;
  read_holdings(inventory, holdings);
  EXPECT_EQ(holdings, (Holdings{{kPotion, 0, 7}, {kSword, 4, 1}, {kSword, 9, 1}, {.amount = 60}}));
}

TEST(Possessions, ADifferenceNamesWhatCameWhatWentAndWhatIsMore) {
  const Holdings before{{kPotion, 0, 7}, {kSword, 4, 1}};
  const Holdings after{{kPotion, 0, 9}, {kSword, 9, 1}};
  Holdings difference;
  append_difference(before, after, difference);
  EXPECT_EQ(difference, (Holdings{{kPotion, 0, 2}, {kSword, 4, -1}, {kSword, 9, 1}}));
  difference.clear();
  append_difference(after, after, difference);
  EXPECT_TRUE(difference.empty());
}

TEST(Possessions, ACopyStaysAsItWas) {
  std::vector<sim::ItemStack> bag(content::kBagCapacityMax);
  std::vector<sim::ItemStack> worn(content::kEquipmentSlots);
  std::vector<sim::QuestEntry> quests(2);
  bag[1] = {kPotion, 2};
  Possessions copy;
  copy.take({.bag = bag, .worn = worn, .coins = 5, .quests = quests, .skills = {}, .experience = 9, .level = 3});
  bag[1] = {};
  quests.clear();
  EXPECT_EQ(copy.view().bag[1].count, 2);
  EXPECT_EQ(copy.view().quests.size(), 2u);
  EXPECT_EQ(copy.coins(), 5);
  EXPECT_EQ(copy.level(), 3);
}

}  // namespace
}  // namespace throng::room
