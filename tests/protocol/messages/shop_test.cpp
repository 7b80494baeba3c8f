#include "protocol/messages/shop.h"

#include "protocol/messages/judged.h"

namespace throng::protocol {
namespace {

TEST(Shop, BuysSellsBuysBackAndRepairs) {
  testing::expect_judged<ShopMessage>({
      {{{"npcId", "smith"}, {"action", "buy"}, {"itemId", "sword"}, {"count", 2}}, ""},
      {{{"npcId", "smith"}, {"action", "sell"}, {"slot", 0}}, ""},
      {{{"npcId", "smith"}, {"action", "buy_back"}, {"itemId", "sword"}}, ""},
      {{{"npcId", "smith"}, {"action", "repair"}}, ""},
      {{{"action", "buy"}}, "field_missing"},
      {{{"npcId", "smith"}}, "field_missing"},
      {{{"npcId", 1}, {"action", "buy"}}, "field_wrong_type"},
      {{{"npcId", "smith"}, {"action", "steal"}}, "field_out_of_range"},
      {{{"npcId", "smith"}, {"action", "buy"}, {"itemId", 5}}, "field_wrong_type"},
      {{{"npcId", "smith"}, {"action", "sell"}, {"slot", content::kBagCapacityMax}}, "field_out_of_range"},
      {{{"npcId", "smith"}, {"action", "buy"}, {"count", 0}}, "field_out_of_range"},
      {{{"npcId", "smith"}, {"action", "buy"}, {"count", -1}}, "field_out_of_range"},
      {{{"npcId", "smith"}, {"action", "buy"}, {"count", 1000}}, "field_out_of_range"},
  });
}

TEST(Shop, WordsAreTheActionsOfTheWorld) {
  const auto action = [](const char* word) {
    return testing::taken<ShopMessage>({{"npcId", "smith"}, {"action", word}})->action;
  };
  EXPECT_EQ(action("buy"), sim::ShopAction::Buy);
  EXPECT_EQ(action("sell"), sim::ShopAction::Sell);
  EXPECT_EQ(action("buy_back"), sim::ShopAction::BuyBack);
  EXPECT_EQ(action("repair"), sim::ShopAction::Repair);
}

}  // namespace
}  // namespace throng::protocol
