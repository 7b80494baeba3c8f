#include "protocol/messages/party.h"

#include "protocol/messages/judged.h"

namespace throng::protocol {
namespace {

TEST(Party, SaysWhatToDoAndMaybeWithWhom) {
  testing::expect_judged<PartyMessage>({
      {{{"action", "invite"}, {"targetId", "s1"}}, ""},
      {{{"action", "leave"}}, ""},
      {{{"targetId", "s1"}}, "field_missing"},
      {{{"action", true}}, "field_wrong_type"},
      {{{"action", "rob"}}, "field_out_of_range"},
      {{{"action", "kick"}, {"targetId", 1}}, "field_wrong_type"},
      {{{"action", "kick"}, {"targetId", std::string(65, 'x')}}, "text_length"},
  });
}

TEST(Party, WordsAreTheActionsOfTheWorld) {
  EXPECT_EQ(testing::taken<PartyMessage>({{"action", "invite"}})->action, sim::PartyAction::Invite);
  EXPECT_EQ(testing::taken<PartyMessage>({{"action", "lead"}})->action, sim::PartyAction::Lead);
  EXPECT_EQ(kPartyWords[static_cast<std::size_t>(sim::PartyAction::Kick)], "kick");
  EXPECT_EQ(kPartyWords[static_cast<std::size_t>(sim::PartyAction::Leave)], "leave");
}

}  // namespace
}  // namespace throng::protocol
