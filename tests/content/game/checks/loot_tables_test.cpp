#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "content/game/small_set.h"

namespace throng::content {
namespace {

using test::set_problems;
using test::small_set_with;

constexpr std::string_view kCoins = "\"entries\": [{\"coins\": true, \"min\": 1, \"max\": 4}]";

TEST(LootTablesOfContent, LoopsAreRefused) {
  EXPECT_EQ(set_problems(small_set_with("loot_tables.json", kCoins, "\"entries\": [{\"table\": \"wolf_loot\"}]")),
            "loot_tables.json:9:47: $.loot_tables.wolf_loot.entries[1].table: found a loop of tables, slime_loot → "
            "small_change → wolf_loot → slime_loot, expected tables that end");
  EXPECT_THAT(set_problems(small_set_with("loot_tables.json", kCoins, "\"entries\": [{\"table\": \"small_change\"}]")),
              testing::HasSubstr("found a loop of tables, small_change → small_change, expected"));
}

/// A chain of so many tables, the last of which gives coins.
std::string chain_of_tables(int length) {
  std::string text = "\"chain_" + std::to_string(length) + "\": {\"entries\": [{\"coins\": true}]}";
  for (int i = length - 1; i > 0; --i) {
    text += ",\n \"chain_" + std::to_string(i) + "\": {\"entries\": [{\"table\": \"chain_" + std::to_string(i + 1) +
            "\"}]}";
  }
  return text + ",\n";
}

TEST(LootTablesOfContent, AreAtMostSoManyDeep) {
  const auto with_chain = [](int length) {
    return set_problems(
        small_set_with("loot_tables.json", "\"small_change\": {", chain_of_tables(length) + "\"small_change\": {"));
  };
  EXPECT_EQ(with_chain(kLootDepthMax), "none");
  EXPECT_EQ(
      with_chain(kLootDepthMax + 1),
      "loot_tables.json:12:36: $.loot_tables.chain_1.entries[0].table: found tables within tables 9 deep, expected "
      "at most 8");
  const std::string longer = with_chain(kLootDepthMax + 5);
  EXPECT_EQ(std::count(longer.begin(), longer.end(), '\n'), 0) << "told once: " << longer;
}

}  // namespace
}  // namespace throng::content
