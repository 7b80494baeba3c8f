#pragma once
// What a character has and has reached: as a view of the world, as a copy of how it was, and as amounts to compare.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/character_sheet.h"
#include "sim/world.h"

namespace throng::room {

/// Valid as long as what it looks at.
struct PossessionsView {
  std::span<const sim::ItemStack> bag;   ///< kBagCapacityMax slots
  std::span<const sim::ItemStack> worn;  ///< kEquipmentSlots
  std::int64_t coins = 0;
  std::span<const sim::QuestEntry> quests;
  std::span<const sim::KnownSkill> skills;  ///< which; since when they are ready may be old
  std::int64_t experience = 0;
  std::int32_t level = 1;
};

/// Of a living player of the world, as it is now.
PossessionsView possessions_of(const sim::World& world, sim::EntityIndex player);

/// A copy, for showing what was committed while the world has gone on.
class Possessions {
 public:
  /// Keeps its memory from one time to the next.
  void take(const PossessionsView& from);
  PossessionsView view() const;
  std::int32_t level() const { return level_; }
  std::int64_t coins() const { return coins_; }

 private:
  std::array<sim::ItemStack, content::kBagCapacityMax> bag_{};
  std::array<sim::ItemStack, content::kEquipmentSlots> worn_{};
  std::int64_t coins_ = 0;
  std::vector<sim::QuestEntry> quests_;  // bound: kQuestEntriesMax
  std::array<sim::KnownSkill, sim::kKnownSkillsMax> skills_{};
  std::size_t skill_count_ = 0;
  std::int64_t experience_ = 0;
  std::int32_t level_ = 1;
};

/// So much of one thing. One with a uid stands alone.
struct Holding {
  content::ItemRef item{content::kNoNumber};  ///< none: coins
  std::int64_t uid = 0;
  std::int64_t amount = 0;
  friend bool operator==(const Holding&, const Holding&) = default;
};
/// In the order of item and uid, none of them twice. Bound: every slot, and coins.
using Holdings = std::vector<Holding>;

/// What is in the bag, worn, and coins. Refills `out`.
void read_holdings(const sim::Inventory& inventory, Holdings& out);
/// What a sheet says, as far as the content knows it.
Holdings holdings_of(const sim::CharacterSheet& sheet, const content::GameContent& content);

/// Appends what must be added to `before` for `after`; amounts may be below zero.
void append_difference(const Holdings& before, const Holdings& after, Holdings& out);

}  // namespace throng::room
