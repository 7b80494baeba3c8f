#include "protocol/messages/debug_why.h"

#include "protocol/messages/judged.h"

namespace throng::protocol {
namespace {

TEST(DebugWhy, NamesOneMonster) {
  testing::expect_judged<DebugWhyMessage>({
      {{{"monsterId", 7}}, ""},
      {{{"monsterId", "7"}}, ""},
      {nlohmann::json::object(), "field_missing"},
      {{{"monsterId", nullptr}}, "field_missing"},
      {{{"monsterId", "wolf"}}, "field_wrong_type"},
      {{{"monsterId", 4'294'967'296}}, "field_wrong_type"},
  });
}

}  // namespace
}  // namespace throng::protocol
