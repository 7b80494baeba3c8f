#include "content/game/quests.h"

#include <gtest/gtest.h>

#include "content/game/parse_problem.h"
#include "content/game/small_set.h"

namespace throng::content {
namespace {

std::string objective_problem(std::string_view objective) {
  return test::parse_problem(parse_quests, "quests",
                             R"("name": "A", "giver": "g", "objectives": [{)" + std::string(objective) + "}]");
}

TEST(QuestsFile, ReadsEveryMember) {
  const Result<std::vector<QuestDef>> quests = parse_quests(test::small_quests(), "quests.json");
  ASSERT_TRUE(quests.has_value()) << quests.error().message;
  EXPECT_EQ((*quests)[0].receiver.id, "smith");
  EXPECT_EQ((*quests)[0].objectives[0].type, ObjectiveType::Visit);
  EXPECT_EQ((*quests)[0].objectives[0].area, "hill");
  EXPECT_EQ((*quests)[1].after.id, "first_steps");
  EXPECT_TRUE((*quests)[1].repeatable);
  EXPECT_EQ((*quests)[1].items[0].count, 2);
}

TEST(QuestsFile, ObjectivesHaveTheMembersOfTheirType) {
  EXPECT_EQ(objective_problem(R"("type": "kill")"),
            "f:1:61: $.quests.a.objectives[0]: found an objective of type \"kill\" without the member \"monster\", "
            "expected one");
  EXPECT_EQ(
      objective_problem(R"("type": "talk", "npc": "n", "item": "i")"),
      "f:1:98: $.quests.a.objectives[0].item: found it in an objective of another type, expected type \"collect\"");
  EXPECT_EQ(objective_problem(R"("type": "visit", "map": "m")"),
            "f:1:61: $.quests.a.objectives[0]: found an objective of type \"visit\" without the member \"area\", "
            "expected one");
  EXPECT_EQ(objective_problem(R"("type": "talk", "npc": "n", "count": 2)"),
            "f:1:61: $.quests.a.objectives[0]: found count 2, expected 1: only kill and collect count");
}

TEST(QuestsFile, AQuestHasOneToFourObjectives) {
  EXPECT_EQ(test::parse_problem(parse_quests, "quests", R"("name": "A", "giver": "g", "objectives": [])"),
            "f:1:60: $.quests.a.objectives: found an array of 0, expected 1 to 4 elements");
}

}  // namespace
}  // namespace throng::content
