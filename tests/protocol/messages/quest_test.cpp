#include "protocol/messages/quest.h"

#include "protocol/messages/judged.h"

namespace throng::protocol {
namespace {

TEST(Quest, NamesTheQuestAndTheStep) {
  testing::expect_judged<QuestMessage>({
      {{{"questId", "wolves"}, {"action", "accept"}}, ""},
      {{{"questId", "wolves"}}, "field_missing"},
      {{{"action", "accept"}}, "field_missing"},
      {{{"questId", 1}, {"action", "accept"}}, "field_wrong_type"},
      {{{"questId", ""}, {"action", "accept"}}, "text_length"},
      {{{"questId", std::string(65, 'x')}, {"action", "accept"}}, "text_length"},
      {{{"questId", "wolves"}, {"action", "cheat"}}, "field_out_of_range"},
  });
  EXPECT_EQ(testing::taken<QuestMessage>({{"questId", "w"}, {"action", "complete"}})->action,
            sim::QuestAction::Complete);
  EXPECT_EQ(testing::taken<QuestMessage>({{"questId", "w"}, {"action", "abandon"}})->action, sim::QuestAction::Abandon);
}

}  // namespace
}  // namespace throng::protocol
