#include <algorithm>

#include <fmt/format.h>

#include "content/game/checks/all_checks.h"

namespace throng::content {
namespace {

/// Depth-first through tables within tables; every table is entered once.
class LootDepths {
 public:
  LootDepths(const GameContent& content, SetProblems& problems)
      : content_(content), problems_(problems), depths_(content.loot_tables.size(), kUnknown) {}

  /// Tables in the longest chain that begins here, this one included.
  int depth(std::size_t table) {
    if (depths_[table] != kUnknown) return depths_[table];
    depths_[table] = kOpen;
    chain_.push_back(table);
    int deepest = 0;
    const LootTableDef& def = content_.loot_tables[table];
    for (const LootEntry& entry : def.entries) deepest = std::max(deepest, depth_of(entry));
    for (const LootGroup& group : def.groups) {
      for (const LootEntry& entry : group.one_of) deepest = std::max(deepest, depth_of(entry));
    }
    chain_.pop_back();
    return depths_[table] = deepest + 1;
  }

 private:
  static constexpr int kUnknown = 0;
  static constexpr int kOpen = -1;

  int depth_of(const LootEntry& entry) {
    if (!is_set(entry.table.ref)) return 0;
    if (depths_[entry.table.ref.value] == kOpen) {
      report_loop(entry);
      return 0;
    }
    const int below = depth(entry.table.ref.value);
    // Only the first link that is too deep is told, not every one above it.
    if (below == kLootDepthMax) {
      problems_.at(entry.table.place,
                   fmt::format("found tables within tables {} deep, expected at most {}", below + 1, kLootDepthMax));
      return 0;
    }
    return below;
  }

  void report_loop(const LootEntry& entry) {
    const auto first = std::find(chain_.begin(), chain_.end(), entry.table.ref.value);
    std::string loop;
    for (auto at = first; at != chain_.end(); ++at) loop += content_.loot_tables[*at].id + " → ";
    problems_.at(entry.table.place,
                 fmt::format("found a loop of tables, {}{}, expected tables that end", loop, entry.table.id));
  }

  const GameContent& content_;
  SetProblems& problems_;
  std::vector<int> depths_;          ///< 0: not known yet, -1: on the way here
  std::vector<std::size_t> chain_;  ///< the way here
};

}  // namespace

void check_loot_tables(const GameContent& content, SetProblems& problems) {
  LootDepths depths(content, problems);
  for (std::size_t i = 0; i < content.loot_tables.size(); ++i) {
    if (!content.loot_tables[i].retired) depths.depth(i);
  }
}

}  // namespace throng::content
