#include "protocol/messages/friend.h"

#include "protocol/messages/judged.h"

namespace throng::protocol {
namespace {

TEST(Friend, SaysWhatToDoAndMaybeWithWhom) {
  testing::expect_judged<FriendMessage>({
      {{{"action", "list"}}, ""},
      {{{"action", "add"}, {"targetId", "Ann"}}, ""},
      {{{"targetId", "Ann"}}, "field_missing"},
      {{{"action", 1}}, "field_wrong_type"},
      {{{"action", "marry"}}, "field_out_of_range"},
      {{{"action", "add"}, {"targetId", 5}}, "field_wrong_type"},
      {{{"action", "add"}, {"targetId", ""}}, "text_length"},
      {{{"action", "add"}, {"targetId", std::string(65, 'x')}}, "text_length"},
      {{{"action", "add"}, {"targetId", "a\nb"}}, "text_invalid"},
  });
}

TEST(Friend, WordsAreTheActions) {
  EXPECT_EQ(testing::taken<FriendMessage>({{"action", "add"}})->action, FriendAction::Add);
  EXPECT_EQ(testing::taken<FriendMessage>({{"action", "unignore"}})->action, FriendAction::Unignore);
  EXPECT_EQ(testing::taken<FriendMessage>({{"action", "list"}})->action, FriendAction::List);
}

}  // namespace
}  // namespace throng::protocol
