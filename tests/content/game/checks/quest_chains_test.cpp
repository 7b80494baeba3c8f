#include <gtest/gtest.h>

#include "content/game/small_set.h"

namespace throng::content {
namespace {

using test::set_problems;
using test::small_set_with;

TEST(QuestChainsOfContent, DoNotEndInThemselves) {
  EXPECT_EQ(
      set_problems(small_set_with("quests.json", "\"giver\": \"elder\", \"receiver\"",
                                  "\"giver\": \"elder\", \"after\": \"cull\", \"receiver\"")),
      "quests.json:9:69: $.quests.cull.after: found a chain of quests that ends in itself, cull after jelly after "
      "first_steps after cull, expected a first one");
}

}  // namespace
}  // namespace throng::content
