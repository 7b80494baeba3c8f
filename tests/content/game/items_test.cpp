#include "content/game/items.h"

#include <gtest/gtest.h>

#include "content/game/parse_problem.h"
#include "content/game/small_set.h"

namespace throng::content {
namespace {

std::string item_problem(std::string_view members) {
  return test::parse_problem(parse_items, "items", "\"name\": \"A\", " + std::string(members));
}

TEST(ItemsFile, ReadsEveryMember) {
  const Result<std::vector<ItemDef>> items = parse_items(test::small_items(), "items.json");
  ASSERT_TRUE(items.has_value()) << items.error().message;
  ASSERT_EQ(items->size(), 5u);
  const ItemDef& sword = (*items)[3];
  EXPECT_EQ(sword.id, "sword");
  EXPECT_EQ(sword.type, ItemType::Equipment);
  EXPECT_EQ(sword.slot, EquipmentSlot::Weapon);
  EXPECT_EQ(sword.binding, Binding::OnEquip);
  EXPECT_EQ(sword.bonus[Stat::Attack], 5);
  EXPECT_EQ(sword.bonus[Stat::CritChance], 300);
  EXPECT_EQ(sword.bonus[Stat::Defence], 0);
  EXPECT_EQ((*items)[1].rarity, Rarity::Uncommon);
  EXPECT_EQ((*items)[2].heal_hp, 50);
  EXPECT_EQ((*items)[4].teaches.id, "rage");
  EXPECT_EQ((*items)[4].teaches.place, "items.json:9:70: $.items.rage_book.teaches");
}

TEST(ItemsFile, MembersBelongToTheirType) {
  EXPECT_EQ(item_problem(R"("type": "material", "slot": "ring")"),
            "f:1:59: $.items.a.slot: found it on an item of another type, expected type \"equipment\"");
  EXPECT_EQ(item_problem(R"("type": "equipment", "slot": "ring", "heal_mana": 3)"),
            "f:1:81: $.items.a.heal_mana: found it on an item of another type, expected type \"consumable\"");
  EXPECT_EQ(item_problem(R"("type": "quest", "teaches": "x")"),
            "f:1:59: $.items.a.teaches: found it on an item of another type, expected type \"book\"");
}

TEST(ItemsFile, TypesNeedTheirMembers) {
  EXPECT_EQ(item_problem(R"("rarity": "rare")"), "f:1:17: $.items.a: found no member \"type\", expected one");
  EXPECT_EQ(item_problem(R"("type": "equipment")"),
            "f:1:17: $.items.a: found equipment without a slot, expected the member \"slot\"");
  EXPECT_EQ(item_problem(R"("type": "equipment", "slot": "feet", "stack_max": 2)"),
            "f:1:17: $.items.a: found stack_max 2 on equipment, expected 1");
  EXPECT_EQ(item_problem(R"("type": "book")"),
            "f:1:17: $.items.a: found a book that teaches nothing, expected the member \"teaches\"");
}

TEST(ItemsFile, ShopsDoNotGiveMoneyAway) {
  EXPECT_EQ(
      item_problem(R"("type": "material", "price": 5, "sell_price": 6)"),
      "f:1:17: $.items.a: found sell_price 6 above price 5, expected at most as much: shops would give away money");
  EXPECT_EQ(item_problem(R"("type": "material", "sell_price": 6)"), "none")
      << "what no shop sells may be worth something";
}

TEST(ItemsFile, StatsAreGuessed) {
  EXPECT_EQ(item_problem(R"("type": "equipment", "slot": "ring", "bonus": {"crit_chance": 5})"),
            "f:1:93: $.items.a.bonus.crit_chance: found an unknown key, expected one of \"max_hp\", \"max_mana\", "
            "\"attack\", \"defence\", \"speed_bp\", \"crit_chance_bp\", \"crit_damage_bp\", \"hp_regen\", "
            "\"mana_regen\"; did you mean \"crit_chance_bp\"?");
}

}  // namespace
}  // namespace throng::content
