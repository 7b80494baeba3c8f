#pragma once
// config/content/loot_tables.json: what monsters leave behind.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "content/game/refs.h"

namespace throng::content {

/// One thing that a table may give: an item, coins, or what another table gives.
struct LootEntry {
  Reference<ItemRef> item;    ///< exactly one of item, table, coins
  Reference<LootRef> table;
  bool coins = false;
  BasisPoints chance{10'000};  ///< of an entry outside of a group; 10'000 is guaranteed
  int weight = 1;              ///< within a group, against its other entries
  int min = 1;                 ///< how many
  int max = 1;
  int level_min = 1;           ///< of the killer
  int level_max = 100;
  Reference<WorldEventRef> event;  ///< only while this one runs; none: always
  friend bool operator==(const LootEntry&, const LootEntry&) = default;
};

/// One of its entries, or nothing with the rest of `chance`.
struct LootGroup {
  BasisPoints chance{10'000};
  std::vector<LootEntry> one_of;
  friend bool operator==(const LootGroup&, const LootGroup&) = default;
};

struct LootTableDef {
  std::string id;
  std::vector<LootEntry> entries;  ///< each rolled by itself
  std::vector<LootGroup> groups;
  bool retired = false;
  friend bool operator==(const LootTableDef&, const LootTableDef&) = default;
};

/// Tables within tables; a set with a deeper chain, or a loop, is refused.
inline constexpr int kLootDepthMax = 8;

Result<std::vector<LootTableDef>> parse_loot_tables(std::string_view text, std::string_view file);
std::string json_schema_for_loot_tables();

}  // namespace throng::content
