#include "room/kinds/chat_rules.h"

#include <gtest/gtest.h>

namespace throng::room {
namespace {

content::ChatDef rules() {
  content::ChatDef chat;
  chat.words = {"darn", "пустяк"};
  chat.code_points_max = 5;
  chat.repeats_max = 2;
  return chat;
}

TEST(ChatRules, ReplacesWholeWordsWhateverTheirCase) {
  EXPECT_EQ(filter_words("Darn it, DARN!", rules()), "*** it, ***!");
  EXPECT_EQ(filter_words("darned", rules()), "darned");
  EXPECT_EQ(filter_words("ПУСТЯК — 🌱", rules()), "*** — 🌱");
}

TEST(ChatRules, RefusesWhatIsTooLongOrSaidTooOften) {
  LastLine last;
  EXPECT_EQ(check_line("123456", rules(), last).code, "text_length");
  EXPECT_EQ(check_line("äöüäö", rules(), last).kind, MessageVerdict::Kind::Accepted);
  EXPECT_EQ(check_line("äöüäö", rules(), last).kind, MessageVerdict::Kind::Accepted);
  EXPECT_EQ(check_line("äöüäö", rules(), last).code, "repeated");
  EXPECT_EQ(check_line("other", rules(), last).kind, MessageVerdict::Kind::Accepted);
}

}  // namespace
}  // namespace throng::room
