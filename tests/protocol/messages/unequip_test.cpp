#include "protocol/messages/unequip.h"

#include "protocol/messages/judged.h"

namespace throng::protocol {
namespace {

TEST(Unequip, NamesAPlaceOfTheBody) {
  testing::expect_judged<UnequipMessage>({
      {{{"slot", "weapon"}}, ""},
      {{{"slot", "amulet"}}, ""},
      {nlohmann::json::object(), "field_missing"},
      {{{"slot", 0}}, "field_wrong_type"},
      {{{"slot", "nose"}}, "field_out_of_range"},
  });
  EXPECT_EQ(testing::taken<UnequipMessage>({{"slot", "ring"}})->slot, content::EquipmentSlot::Ring);
}

}  // namespace
}  // namespace throng::protocol
