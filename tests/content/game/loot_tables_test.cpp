#include "content/game/loot_tables.h"

#include <gtest/gtest.h>

#include "content/game/parse_problem.h"
#include "content/game/small_set.h"

namespace throng::content {
namespace {

std::string loot_problem(std::string_view members) {
  return test::parse_problem(parse_loot_tables, "loot_tables", members);
}

TEST(LootTablesFile, ReadsEntriesAndGroups) {
  const Result<std::vector<LootTableDef>> tables = parse_loot_tables(test::small_loot_tables(), "loot_tables.json");
  ASSERT_TRUE(tables.has_value()) << tables.error().message;
  const LootTableDef& wolf = (*tables)[2];
  EXPECT_EQ(wolf.entries[0].item.id, "pelt");
  EXPECT_EQ(wolf.entries[0].chance, BasisPoints{10'000}) << "guaranteed";
  EXPECT_EQ(wolf.entries[1].table.id, "slime_loot");
  EXPECT_EQ(wolf.groups[0].chance, BasisPoints{500});
  EXPECT_EQ(wolf.groups[0].one_of[1].weight, 9);
  EXPECT_TRUE((*tables)[0].entries[0].coins);
}

TEST(LootTablesFile, AnEntryIsExactlyOneThing) {
  EXPECT_EQ(
      loot_problem(R"("entries": [{"chance_bp": 5}])"),
      "f:1:36: $.loot_tables.a.entries[0]: found none of \"item\", \"table\" and \"coins\", expected exactly one");
  EXPECT_EQ(loot_problem(R"("groups": [{"one_of": [{"item": "x", "coins": true}]}])"),
            "f:1:47: $.loot_tables.a.groups[0].one_of[0]: found several of \"item\", \"table\" and \"coins\", expected "
            "exactly one");
}

TEST(LootTablesFile, RangesAreNotUpsideDown) {
  EXPECT_EQ(loot_problem(R"("entries": [{"item": "x", "min": 3, "max": 2}])"),
            "f:1:36: $.loot_tables.a.entries[0]: found min 3 above max 2, expected at most as much");
  EXPECT_EQ(loot_problem(R"("entries": [{"item": "x", "level_min": 9, "level_max": 8}])"),
            "f:1:36: $.loot_tables.a.entries[0]: found level_min 9 above level_max 8, expected at most as much");
}

TEST(LootTablesFile, OnlyMinMeansExactlySoMany) {
  const auto tables = parse_loot_tables(test::file_with("loot_tables", R"("entries": [{"item": "x", "min": 3}])"), "f");
  ASSERT_TRUE(tables.has_value());
  EXPECT_EQ(tables->front().entries[0].max, 3);
}

TEST(LootTablesFile, ChancesAreForEntriesAndWeightsForGroups) {
  EXPECT_NE(loot_problem(R"("entries": [{"item": "x", "weight": 3}])"), "none");
  EXPECT_NE(loot_problem(R"("groups": [{"one_of": [{"item": "x", "chance_bp": 3}]}])"), "none");
  EXPECT_NE(loot_problem(R"("groups": [{"one_of": []}])"), "none");
}

}  // namespace
}  // namespace throng::content
