#include "protocol/messages/pickup.h"

#include "protocol/messages/judged.h"

namespace throng::protocol {
namespace {

TEST(Pickup, NamesOneDrop) {
  testing::expect_judged<PickupMessage>({
      {{{"dropId", 7}}, ""},
      {{{"dropId", "7"}}, ""},
      {nlohmann::json::object(), "field_missing"},
      {{{"dropId", ""}}, "field_wrong_type"},
      {{{"dropId", 1.5}}, "field_wrong_type"},
      {{{"dropId", -7}}, "field_wrong_type"},
  });
  EXPECT_EQ(testing::taken<PickupMessage>({{"dropId", "4294967295"}})->drop, 4'294'967'295u);
}

}  // namespace
}  // namespace throng::protocol
