#include "protocol/messages/attack.h"

#include "protocol/messages/judged.h"

namespace throng::protocol {
namespace {

TEST(Attack, NamesATargetASkillOrAPlace) {
  testing::expect_judged<AttackMessage>({
      {{{"targetId", 7}}, ""},
      {{{"targetId", "7"}}, ""},
      {{{"targetId", 0}}, ""},
      {{{"skillId", "fireball"}, {"x", 10.5}, {"y", 131'072}}, ""},
      {nlohmann::json::object(), ""},  // what may be left out depends on the others: the room says
      {{{"targetId", -1}}, "field_wrong_type"},
      {{{"targetId", "7x"}}, "field_wrong_type"},
      {{{"targetId", "4294967296"}}, "field_wrong_type"},
      {{{"targetId", true}}, "field_wrong_type"},
      {{{"skillId", 3}}, "field_wrong_type"},
      {{{"skillId", ""}}, "text_length"},
      {{{"skillId", std::string(65, 'x')}}, "text_length"},
      {{{"x", "10"}}, "field_wrong_type"},
      {{{"x", -0.5}}, "field_out_of_range"},
      {{{"y", 131'073}}, "field_out_of_range"},
      {nlohmann::json::array({1}), "payload_not_a_map"},
  });
}

TEST(Attack, KeepsApartWhatIsAbsentAndWhatIsZero) {
  const auto stop = testing::taken<AttackMessage>({{"targetId", 0}});
  ASSERT_TRUE(stop);
  EXPECT_EQ(stop->target, 0u);
  EXPECT_FALSE(stop->skill || stop->x || stop->y);
  EXPECT_EQ(testing::taken<AttackMessage>({{"targetId", "12"}})->target, 12u);
  EXPECT_FALSE(testing::taken<AttackMessage>({{"skillId", "heal"}})->target);
}

}  // namespace
}  // namespace throng::protocol
