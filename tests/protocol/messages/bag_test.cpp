#include "protocol/messages/bag.h"

#include "protocol/messages/judged.h"

namespace throng::protocol {
namespace {

TEST(Bag, MovesSplitsDestroysAndSorts) {
  testing::expect_judged<BagMessage>({
      {{{"action", "sort"}}, ""},
      {{{"action", "move"}, {"from", 0}, {"to", content::kBagCapacityMax - 1}}, ""},
      {{{"action", "split"}, {"from", 1}, {"to", 2}, {"count", 999}}, ""},
      {{{"action", "destroy"}, {"from", 1}, {"count", 0}}, ""},
      {{{"from", 1}}, "field_missing"},
      {{{"action", 0}}, "field_wrong_type"},
      {{{"action", "eat"}}, "field_out_of_range"},
      {{{"action", "move"}, {"from", "1"}}, "field_wrong_type"},
      {{{"action", "move"}, {"from", 1.5}}, "field_out_of_range"},
      {{{"action", "move"}, {"from", content::kBagCapacityMax}}, "field_out_of_range"},
      {{{"action", "move"}, {"from", -1}}, "field_out_of_range"},
      {{{"action", "split"}, {"count", 1000}}, "field_out_of_range"},
  });
}

TEST(Bag, WordsAreTheActionsOfTheWorld) {
  EXPECT_EQ(testing::taken<BagMessage>({{"action", "move"}})->action, sim::BagAction::Move);
  EXPECT_EQ(testing::taken<BagMessage>({{"action", "split"}})->action, sim::BagAction::Split);
  EXPECT_EQ(testing::taken<BagMessage>({{"action", "destroy"}})->action, sim::BagAction::Destroy);
  EXPECT_EQ(testing::taken<BagMessage>({{"action", "sort"}})->action, sim::BagAction::Sort);
}

}  // namespace
}  // namespace throng::protocol
