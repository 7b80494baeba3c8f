#include <gtest/gtest.h>

#include "content/game/small_set.h"

namespace throng::content {
namespace {

using test::set_problems;
using test::small_set_with;

TEST(SkillUseOfContent, BooksTeachWhatNeedsABook) {
  EXPECT_EQ(set_problems(small_set_with("skills.json", "\"needs_book\": true, ", "")),
            "items.json:9:70: $.items.rage_book.teaches: found \"rage\", which needs no book, expected a skill with "
            "\"needs_book\": true");
  EXPECT_EQ(
      set_problems(small_set_with("items.json", "\"teaches\": \"rage\"", "\"teaches\": \"call_slimes\"")),
      "skills.json:14:68: $.skills.rage.needs_book: found true, but no item teaches the skill, expected a book for "
      "it in items.json\n"
      "items.json:9:70: $.items.rage_book.teaches: found \"call_slimes\", which only monsters have, expected a "
      "skill for characters");
}

TEST(SkillUseOfContent, MonstersCanPayForTheirSkills) {
  EXPECT_EQ(
      set_problems(small_set_with("monsters.json", "\"max_mana\": 40", "\"max_mana\": 9")),
      "monsters.json:10:28: $.monsters.king.skills[0].skill: found \"call_slimes\", which costs 10 mana, expected "
      "at most max_mana 9 of \"king\"");
}

}  // namespace
}  // namespace throng::content
