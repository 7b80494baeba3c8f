#include "sim/loot/roll_loot.h"

#include <gtest/gtest.h>

#include <map>

#include "sim/play_fixture.h"

namespace throng::sim {
namespace {

using content::LootEntry;

LootEntry loot_of(std::string item, int chance_bp, int min = 1, int max = 1) {
  LootEntry entry;
  entry.item.id = std::move(item);
  entry.chance = {chance_bp};
  entry.min = min;
  entry.max = max;
  return entry;
}

LootEntry weighted(std::string item, int weight) {
  LootEntry entry = loot_of(std::move(item), 0);
  entry.weight = weight;
  return entry;
}

LootEntry nested(std::string table, int chance_bp = 10'000, int times = 1) {
  LootEntry entry;
  entry.table.id = std::move(table);
  entry.chance = {chance_bp};
  entry.min = entry.max = times;
  return entry;
}

content::LootTableDef table_of(std::string id, std::vector<LootEntry> entries) {
  content::LootTableDef table;
  table.id = std::move(id);
  table.entries = std::move(entries);
  return table;
}

/// Content with these tables; the first is the one that is rolled.
struct Tables {
  explicit Tables(std::vector<content::LootTableDef> tables, std::vector<content::WorldEventDef> events = {}) {
    content::GameContent unlinked = test::village();
    unlinked.world_events = std::move(events);
    unlinked.loot_tables = std::move(tables);
    game = content::link_by_hand(std::move(unlinked));
  }

  RolledLootList roll(std::uint64_t seed = 1, int level = 1) const {
    Rng rng(seed);
    return roll_loot(*game, content::LootRef{0}, level, rng);
  }
  bool gives(std::string_view item, int level = 1) const {
    const RolledLootList loot = roll(1, level);
    for (std::size_t i = 0; i < loot.size; ++i) {
      if (loot.rolled[i].item == game->find_item(item)) return true;
    }
    return false;
  }

  std::shared_ptr<const content::GameContent> game;
};

/// Sum of (observed - expected)^2 / expected.
double chi_square(const std::vector<int>& observed, const std::vector<double>& shares, int rolls) {
  double sum = 0;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    const double expected = shares[i] * rolls;
    sum += (observed[i] - expected) * (observed[i] - expected) / expected;
  }
  return sum;
}

// Critical values of the chi-square distribution at a level of 0.001 (NIST/SEMATECH e-Handbook, table 1.3.6.7.4): a
// right roll exceeds them once in a thousand seeds. The seeds are fixed, so the test gives the same answer every time.
constexpr double kCriticalOf1 = 10.828;
constexpr double kCriticalOf4 = 18.467;
constexpr int kRolls = 20'000;

TEST(RollLoot, AGroupGivesItsEntriesByTheirWeights) {
  content::LootTableDef table = table_of("t", {});
  table.groups.resize(1);
  table.groups[0].chance = {8'000};
  table.groups[0].one_of = {weighted("potion", 50), weighted("pelt", 30), weighted("token", 15), weighted("axe", 5)};
  const Tables tables({table});
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    Rng rng(seed);
    std::vector<int> seen(5);
    for (int i = 0; i < kRolls; ++i) {
      const RolledLootList loot = roll_loot(*tables.game, content::LootRef{0}, 1, rng);
      ASSERT_LE(loot.size, 1u);
      std::size_t which = 4;
      for (std::size_t entry = 0; entry < 4 && loot.size == 1; ++entry) {
        if (tables.game->loot_tables[0].groups[0].one_of[entry].item.ref == loot.rolled[0].item) which = entry;
      }
      ++seen[which];
    }
    EXPECT_LT(chi_square(seen, {0.4, 0.24, 0.12, 0.04, 0.2}, kRolls), kCriticalOf4);
  }
}

TEST(RollLoot, AnEntryComesWithItsChanceAndAnEvenCount) {
  const Tables tables({table_of("t", {loot_of("pelt", 2'500, 2, 5)})});
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    Rng rng(seed);
    std::vector<int> seen(5);
    for (int i = 0; i < kRolls; ++i) {
      const RolledLootList loot = roll_loot(*tables.game, content::LootRef{0}, 1, rng);
      const int count = loot.size == 0 ? 0 : loot.rolled[0].count;
      ASSERT_TRUE(count == 0 || (count >= 2 && count <= 5));
      ++seen[count == 0 ? 4 : static_cast<std::size_t>(count - 2)];
    }
    EXPECT_LT(chi_square(seen, {0.0625, 0.0625, 0.0625, 0.0625, 0.75}, kRolls), kCriticalOf4);
  }
}

TEST(RollLoot, ANestedTableMultipliesTheChances) {
  const Tables tables({table_of("outer", {nested("inner", 5'000)}), table_of("inner", {loot_of("pelt", 2'000)})});
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    Rng rng(seed);
    std::vector<int> seen(2);
    for (int i = 0; i < kRolls; ++i) ++seen[roll_loot(*tables.game, content::LootRef{0}, 1, rng).size];
    EXPECT_LT(chi_square(seen, {0.9, 0.1}, kRolls), kCriticalOf1);
  }
}

TEST(RollLoot, WhatIsGuaranteedAlwaysComesAndWhatHasNoChanceNever) {
  const Tables tables({table_of("t", {loot_of("pelt", 10'000, 3, 3), loot_of("axe", 0)})});
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const RolledLootList loot = tables.roll(seed);
    ASSERT_EQ(loot.size, 1u);
    ASSERT_EQ(loot.rolled[0].count, 3);
  }
}

TEST(RollLoot, EntriesOfOtherLevelsAreNotThere) {
  LootEntry low = loot_of("pelt", 10'000);
  low.level_max = 5;
  LootEntry high = loot_of("axe", 10'000);
  high.level_min = 6;
  const Tables tables({table_of("t", {low, high})});
  EXPECT_TRUE(tables.gives("pelt", 5));
  EXPECT_FALSE(tables.gives("axe", 5));
  EXPECT_FALSE(tables.gives("pelt", 6));
  EXPECT_TRUE(tables.gives("axe", 6));
}

TEST(RollLoot, AGroupChoosesAmongTheEntriesOfTheLevel) {
  content::LootTableDef table = table_of("t", {});
  table.groups.resize(1);
  table.groups[0].one_of = {weighted("pelt", 1'000), weighted("axe", 1)};
  table.groups[0].one_of[0].level_max = 5;
  const Tables tables({table});
  EXPECT_TRUE(tables.gives("axe", 6));
  EXPECT_FALSE(tables.gives("pelt", 6));
}

content::WorldEventDef world_event(std::string id, bool running, int drop_chance_percent = 100) {
  content::WorldEventDef event;
  event.id = std::move(id);
  event.running = running;
  event.drop_chance_percent = drop_chance_percent;
  return event;
}

TEST(RollLoot, EntriesOfAnEventComeWhileItRuns) {
  LootEntry festive = loot_of("token", 10'000);
  festive.event.id = "midwinter";
  content::LootTableDef table = table_of("t", {festive});
  EXPECT_FALSE(Tables({table}, {world_event("midwinter", false), world_event("other", true)}).gives("token"));
  EXPECT_TRUE(Tables({table}, {world_event("midwinter", true)}).gives("token"));
  content::WorldEventDef gone = world_event("midwinter", true);
  gone.retired = true;
  EXPECT_FALSE(Tables({table}, {gone}).gives("token"));
}

TEST(RollLoot, AGroupChoosesAmongTheEntriesOfRunningEvents) {
  content::LootTableDef table = table_of("t", {});
  table.groups.resize(1);
  table.groups[0].one_of = {weighted("pelt", 1), weighted("axe", 1'000)};
  table.groups[0].one_of[1].event.id = "midwinter";
  EXPECT_TRUE(Tables({table}, {world_event("midwinter", false)}).gives("pelt"));
  EXPECT_TRUE(Tables({table}, {world_event("midwinter", true)}).gives("axe"));
}

/// How many of many rolls gave something.
int rolls_that_give(const Tables& tables) {
  Rng rng(7);
  int given = 0;
  for (int i = 0; i < kRolls; ++i) given += roll_loot(*tables.game, content::LootRef{0}, 1, rng).size > 0 ? 1 : 0;
  return given;
}

TEST(RollLoot, AnEventMakesDropsLikelierUpToCertainty) {
  const auto given_at = [](int chance_bp, int percent) {
    return rolls_that_give(Tables({table_of("t", {loot_of("pelt", chance_bp)})}, {world_event("fair", true, percent)}));
  };
  EXPECT_LT(chi_square({given_at(2'000, 200), kRolls - given_at(2'000, 200)}, {0.4, 0.6}, kRolls), kCriticalOf1);
  EXPECT_EQ(given_at(6'000, 200), kRolls);
  EXPECT_EQ(given_at(6'000, 0), 0);
  EXPECT_EQ(given_at(10'000, 0), kRolls) << "what is guaranteed stays so";
  EXPECT_EQ(given_at(0, 1'000), 0);
}

TEST(RollLoot, AnEventCountsOnceForADropOfANestedTable) {
  content::LootTableDef inner = table_of("inner", {});
  inner.groups.resize(1);
  inner.groups[0].chance = {5'000};
  inner.groups[0].one_of = {weighted("pelt", 1)};
  for (const int outer_chance : {2'000, 10'000}) {
    SCOPED_TRACE(outer_chance);
    const int given = rolls_that_give(
        Tables({table_of("outer", {nested("inner", outer_chance)}), inner}, {world_event("fair", true, 150)}));
    const double share = 1.5 * outer_chance / 10'000 * 0.5;
    EXPECT_LT(chi_square({given, kRolls - given}, {share, 1 - share}, kRolls), kCriticalOf1);
  }
}

TEST(RollLoot, ANestedTableIsRolledAsOftenAsItsCountSays) {
  const Tables tables({table_of("outer", {nested("inner", 10'000, 3)}), table_of("inner", {loot_of("pelt", 10'000)})});
  EXPECT_EQ(tables.roll().size, 3u);
}

TEST(RollLoot, CoinsComeWithoutAnItem) {
  LootEntry coins;
  coins.coins = true;
  coins.min = coins.max = 9;
  const RolledLootList loot = Tables({table_of("t", {coins})}).roll();
  ASSERT_EQ(loot.size, 1u);
  EXPECT_FALSE(content::is_set(loot.rolled[0].item));
  EXPECT_EQ(loot.rolled[0].count, 9);
}

TEST(RollLoot, StopsAtItsBoundsHoweverGreedyTheTables) {
  std::vector<content::LootTableDef> tables;
  for (int i = 0; i < content::kLootDepthMax; ++i) {
    tables.push_back(table_of("t" + std::to_string(i), {nested("t" + std::to_string(i + 1), 10'000, 999)}));
  }
  tables.push_back(table_of("t" + std::to_string(content::kLootDepthMax), {loot_of("pelt", 10'000)}));
  const Tables deep(std::move(tables));
  EXPECT_EQ(deep.roll().size, 0u) << "deeper than kLootDepthMax";
  const Tables wide({table_of("a", {nested("b", 10'000, 999)}), table_of("b", {loot_of("pelt", 10'000)})});
  EXPECT_EQ(wide.roll().size, kRolledMax);
}

TEST(RollLoot, ALoopOfTablesEnds) {
  const Tables tables({table_of("a", {nested("a", 10'000, 2), loot_of("pelt", 10'000)})});
  EXPECT_LE(tables.roll().size, kRolledMax);
}

TEST(RollLoot, AppendsToWhatIsThere) {
  const Tables tables({table_of("t", {loot_of("pelt", 10'000)})});
  std::vector<RolledLoot> out(1);
  Rng rng(1);
  roll_loot(*tables.game, content::LootRef{0}, 1, rng, out);
  ASSERT_EQ(out.size(), 2u);
  EXPECT_EQ(out[1].item, tables.game->find_item("pelt"));
}

}  // namespace
}  // namespace throng::sim
