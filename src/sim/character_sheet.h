#pragma once
// What a character takes along from one world to the next, and what a store keeps of it: by ids, so that content may
// have changed in between.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "content/game/game_content.h"
#include "sim/actors.h"
#include "sim/event.h"
#include "sim/world_state.h"

namespace throng::sim {

struct SavedStack {
  std::string item;
  std::uint16_t count = 0;
  std::uint16_t durability = 0;
  bool bound = false;
  std::uint8_t slot = 0;  ///< of the bag, or an EquipmentSlot
  std::int64_t uid = 0;   ///< see ItemStack; 0 or above
  friend bool operator==(const SavedStack&, const SavedStack&) = default;
};
struct SavedQuest {
  std::string quest;
  QuestState state = QuestState::Active;
  std::vector<std::uint16_t> counts;
  std::uint16_t times_completed = 0;
  friend bool operator==(const SavedQuest&, const SavedQuest&) = default;
};
struct SavedDeed {
  std::string achievement;
  std::int64_t count = 0;
  bool earned = false;
  friend bool operator==(const SavedDeed&, const SavedDeed&) = default;
};
struct SavedSkill {
  std::string skill;
  std::uint32_t ready_in_ms = 0;
  friend bool operator==(const SavedSkill&, const SavedSkill&) = default;
};

/// A status that goes on when the character does.
struct SavedBuff {
  std::string status;
  std::string skill;  ///< whence it came; may be empty
  StatusKind kind = StatusKind::Modifier;
  content::Stat stat = content::Stat::Defence;
  content::Element element = content::Element::Physical;
  bool harmful = false;
  std::uint8_t stacks = 1;
  std::int32_t amount = 0;
  std::uint32_t rest_ms = 0;
  std::uint32_t next_step_in_ms = 0;
  std::uint32_t interval_ms = 0;
  friend bool operator==(const SavedBuff&, const SavedBuff&) = default;
};

/// A character at rest. Ids that the content no longer has are kept in the sheet and left out of the world.
struct CharacterSheet {
  std::int64_t experience = 0;
  std::int32_t hp = 0;    ///< 0 or less: full
  std::int32_t mana = -1; ///< below 0: full
  std::int64_t coins = 0;
  std::vector<SavedStack> bag;
  std::vector<SavedStack> equipment;
  std::vector<SavedSkill> skills;
  std::vector<SavedQuest> quests;
  std::vector<SavedDeed> deeds;
  std::uint32_t consumable_ready_in_ms = 0;
  std::vector<SavedBuff> buffs;
  std::optional<Position> place;  ///< on the map where it was saved; nothing: nowhere in particular
  friend bool operator==(const CharacterSheet&, const CharacterSheet&) = default;
};

/// The character of a living player of the world.
CharacterSheet sheet_of(const WorldState& state, EntityIndex player);
/// Fills the rows of a player that was just added; stats are derived and levels checked. What does not fit the rules
/// (too many items, unknown ids) is left out.
void apply_sheet(WorldState& state, EntityIndex player, const CharacterSheet& sheet);

/// Version 2: uids, buffs, place. Older ones are still read.
inline constexpr std::uint16_t kSheetVersion = 2;
std::vector<std::uint8_t> save_sheet(const CharacterSheet& sheet);
/// Any bytes are safe. At most kSheetBytesMax.
Result<CharacterSheet> restore_sheet(ByteSpan saved);
/// Every achievement that content can have, with the longest ids; a usual sheet has 2 KiB.
inline constexpr std::size_t kSheetBytesMax = 512u << 10;

}  // namespace throng::sim
