#include "sim/loot/roll_loot.h"

#include <algorithm>

namespace throng::sim {
namespace {

bool may_drop(const content::LootEntry& entry, int level) {
  return entry.event.empty() && level >= entry.level_min && level <= entry.level_max;
}

/// Draws only where there is a choice, so that a guaranteed entry does not shift the luck of the others.
bool happens(BasisPoints chance, Rng& rng) {
  if (chance.value >= kBasisPointsWhole) return true;
  return chance.value > 0 && rng.below(kBasisPointsWhole) < static_cast<std::uint32_t>(chance.value);
}

class LootRoll {
 public:
  LootRoll(const content::GameContent& content, int level, Rng& rng, RolledLootList& out)
      : content_(content), level_(level), rng_(rng), out_(out) {}

  void roll_table(content::LootRef table, int depth) {
    if (table.value >= content_.loot_tables.size() || depth > content::kLootDepthMax) return;
    if (tables_left_-- <= 0) return;
    const content::LootTableDef& def = content_.loot_table(table);
    for (const content::LootEntry& entry : def.entries) {
      if (may_drop(entry, level_) && happens(entry.chance, rng_)) give(entry, depth);
    }
    for (const content::LootGroup& group : def.groups) {
      if (!happens(group.chance, rng_)) continue;
      if (const content::LootEntry* chosen = choose(group)) give(*chosen, depth);
    }
  }

 private:
  const content::LootEntry* choose(const content::LootGroup& group) {
    std::uint32_t total = 0;
    for (const content::LootEntry& entry : group.one_of) total += weight_of(entry);
    if (total == 0) return nullptr;
    std::uint32_t ticket = rng_.below(total);
    for (const content::LootEntry& entry : group.one_of) {
      const std::uint32_t weight = weight_of(entry);
      if (ticket < weight) return &entry;
      ticket -= weight;
    }
    return nullptr;
  }

  std::uint32_t weight_of(const content::LootEntry& entry) const {
    return may_drop(entry, level_) ? static_cast<std::uint32_t>(std::max(0, entry.weight)) : 0;
  }

  void give(const content::LootEntry& entry, int depth) {
    const int count = entry.min < entry.max ? rng_.between(entry.min, entry.max) : entry.min;
    if (entry.table.named()) {
      for (int i = 0; i < count && tables_left_ > 0; ++i) roll_table(entry.table.ref, depth + 1);
    } else if (count > 0 && out_.size < kRolledMax && (entry.coins || content::is_set(entry.item.ref))) {
      out_.rolled[out_.size++] = {entry.coins ? content::ItemRef{content::kNoNumber} : entry.item.ref, count};
    }
  }

  const content::GameContent& content_;
  int level_;
  Rng& rng_;
  RolledLootList& out_;
  int tables_left_ = kTablesRolledMax;
};

}  // namespace

RolledLootList roll_loot(const content::GameContent& content, content::LootRef table, int level, Rng& rng) {
  RolledLootList out;
  LootRoll(content, level, rng, out).roll_table(table, 1);
  return out;
}

void roll_loot(const content::GameContent& content, content::LootRef table, int level, Rng& rng,
               std::vector<RolledLoot>& out) {
  const RolledLootList rolled = roll_loot(content, table, level, rng);
  out.insert(out.end(), rolled.rolled.begin(), rolled.rolled.begin() + static_cast<std::ptrdiff_t>(rolled.size));
}

}  // namespace throng::sim
