#include "protocol/messages/talk.h"

#include "protocol/messages/judged.h"

namespace throng::protocol {
namespace {

TEST(Talk, NamesOnePerson) {
  testing::expect_judged<TalkMessage>({
      {{{"npcId", "elder"}}, ""},
      {nlohmann::json::object(), "field_missing"},
      {{{"npcId", 1}}, "field_wrong_type"},
      {{{"npcId", ""}}, "text_length"},
      {{{"npcId", std::string(64, 'x')}}, ""},
      {{{"npcId", std::string(65, 'x')}}, "text_length"},
      {{{"npcId", "a\x01"}}, "text_invalid"},
  });
}

}  // namespace
}  // namespace throng::protocol
