#include "protocol/messages/equip.h"

#include "protocol/messages/judged.h"

namespace throng::protocol {
namespace {

TEST(Equip, NamesOneItem) {
  testing::expect_judged<EquipMessage>({
      {{{"itemId", "sword"}}, ""},
      {nlohmann::json::object(), "field_missing"},
      {{{"itemId", 1}}, "field_wrong_type"},
      {{{"itemId", ""}}, "text_length"},
      {{{"itemId", std::string(64, 'x')}}, ""},
      {{{"itemId", std::string(65, 'x')}}, "text_length"},
      {{{"itemId", "a\x01"}}, "text_invalid"},
  });
}

}  // namespace
}  // namespace throng::protocol
