#include <gtest/gtest.h>

#include "content/game/small_set.h"

namespace throng::content {
namespace {

using test::set_problems;
using test::small_set;
using test::small_set_with;

std::string collect(std::string_view item) {
  return set_problems(small_set_with("quests.json", "\"item\": \"jelly\"", "\"item\": \"" + std::string(item) + "\""));
}

TEST(DeadEndsOfContent, ItemsOfQuestsCanBeHad) {
  EXPECT_EQ(collect("pelt"), "none") << "a loot table gives it";
  EXPECT_EQ(collect("rage_book"), "none") << "a shop sells it";
  EXPECT_EQ(set_problems(small_set_with("loot_tables.json", "{\"item\": \"jelly\"", "{\"item\": \"potion\"")),
            "quests.json:8:50: $.quests.jelly.objectives[0].item: found \"jelly\", which no loot of a monster that "
            "appears, no shop and no quest that can be completed gives, expected an item that can be had");
}

TEST(DeadEndsOfContent, AQuestDoesNotPayForItself) {
  ContentTexts texts = small_set_with("quests.json", "\"item\": \"potion\", \"count\": 2", "\"item\": \"jelly\"");
  std::string& loot = texts["loot_tables.json"];
  loot.replace(loot.find("{\"item\": \"jelly\""), 16, "{\"item\": \"potion\"");
  EXPECT_NE(set_problems(texts), "none");
}

TEST(DeadEndsOfContent, MonstersOfQuestsAppear) {
  const auto kill = [](std::string_view monster) {
    return set_problems(
        small_set_with("quests.json", "\"monster\": \"wolf\"", "\"monster\": \"" + std::string(monster) + "\""));
  };
  EXPECT_EQ(kill("king"), "none") << "spawned";
  EXPECT_EQ(kill("slimelet"), "none") << "an alternate, and summoned";
  ContentTexts only_summoned =
      small_set_with("spawns.json", ",\n      \"alternates\": [{\"monster\": \"slimelet\", \"chance_bp\": 500}]", "");
  EXPECT_EQ(set_problems(only_summoned), "none");
  ContentTexts nowhere = small_set_with("spawns.json", "\"monster\": \"king\"", "\"monster\": \"slime\"");
  EXPECT_EQ(set_problems(nowhere),
            "achievements.json:5:70: $.achievements.kingslayer.monster: found \"king\", which no spawn, alternate or "
            "summons brings, expected a monster that appears");
}

TEST(DeadEndsOfContent, AreLookedForInSetsThatAreOtherwiseWellOnly) {
  ContentTexts texts = small_set_with("spawns.json", "\"monster\": \"king\"", "\"monster\": \"slime\"");
  texts["items.json"] = "{";
  EXPECT_EQ(set_problems(texts), "items.json:1:2: $: found the end of the file, expected a key in quotation marks");
}

}  // namespace
}  // namespace throng::content
