#include "sim/loot/roll_loot.h"

#include <algorithm>

namespace throng::sim {
namespace {

/// Draws only where there is a choice, so that a guaranteed entry does not shift the luck of the others.
bool happens(BasisPoints chance, Rng& rng) {
  if (chance.value >= kBasisPointsWhole) return true;
  return chance.value > 0 && rng.below(kBasisPointsWhole) < static_cast<std::uint32_t>(chance.value);
}

bool is_certain(BasisPoints chance) { return chance.value >= kBasisPointsWhole; }

/// What is certain stays certain.
BasisPoints scaled(BasisPoints chance, int percent) {
  if (is_certain(chance)) return chance;
  return {std::min(chance.value * percent / 100, kBasisPointsWhole)};
}

/// Of the tables below a chance: the first one on the way to a drop takes the percentage, so that the drop comes that
/// much more often however deep it lies.
int percent_below(BasisPoints chance, int percent) { return is_certain(chance) ? percent : 100; }

class LootRoll {
 public:
  LootRoll(const content::GameContent& content, int level, Rng& rng, RolledLootList& out)
      : content_(content), level_(level), rng_(rng), out_(out) {}

  /// @param percent  of every chance that is not certain
  void roll_table(content::LootRef table, int depth, int percent) {
    if (table.value >= content_.loot_tables.size() || depth > content::kLootDepthMax) return;
    if (tables_left_-- <= 0) return;
    const content::LootTableDef& def = content_.loot_table(table);
    for (const content::LootEntry& entry : def.entries) {
      if (may_drop(entry) && happens(scaled(entry.chance, percent), rng_)) {
        give(entry, depth, percent_below(entry.chance, percent));
      }
    }
    for (const content::LootGroup& group : def.groups) {
      if (!happens(scaled(group.chance, percent), rng_)) continue;
      if (const content::LootEntry* chosen = choose(group)) give(*chosen, depth, percent_below(group.chance, percent));
    }
  }

 private:
  bool may_drop(const content::LootEntry& entry) const {
    if (entry.event.named() && !content_.runs(entry.event.ref)) return false;
    return level_ >= entry.level_min && level_ <= entry.level_max;
  }

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
    return may_drop(entry) ? static_cast<std::uint32_t>(std::max(0, entry.weight)) : 0;
  }

  void give(const content::LootEntry& entry, int depth, int percent) {
    const int count = entry.min < entry.max ? rng_.between(entry.min, entry.max) : entry.min;
    if (entry.table.named()) {
      for (int i = 0; i < count && tables_left_ > 0; ++i) roll_table(entry.table.ref, depth + 1, percent);
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
  LootRoll(content, level, rng, out).roll_table(table, 1, content.in_force.drop_chance_percent);
  return out;
}

void roll_loot(const content::GameContent& content, content::LootRef table, int level, Rng& rng,
               std::vector<RolledLoot>& out) {
  const RolledLootList rolled = roll_loot(content, table, level, rng);
  out.insert(out.end(), rolled.rolled.begin(), rolled.rolled.begin() + static_cast<std::ptrdiff_t>(rolled.size));
}

}  // namespace throng::sim
