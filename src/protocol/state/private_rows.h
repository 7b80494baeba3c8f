#pragma once
// `me`: what only its owner is told. A row of plain values, and maps of rows that only grow (ref_ids.h). Field order is a
// contract with clients in the field: add at the end only (see schema/row.h).

#include <cstdint>

#include "base/inline_string.h"
#include "protocol/schema/row.h"
#include "protocol/state/ref_ids.h"

namespace throng::protocol {

struct MeRow {
  std::uint32_t entity_id = 0;
  std::uint32_t seq = 0;
  float x = 0;
  float y = 0;
  float speed = 0;
  std::uint32_t mana = 0;
  std::uint32_t max_mana = 0;
  std::uint32_t shield = 0;
  std::uint32_t attack = 0;
  std::uint32_t defence = 0;
  double experience = 0;
  double experience_level = 0;
  double experience_next = 0;
  double coins = 0;
  std::uint16_t bag_size = 0;
  InlineString<32> casting = {};
  std::uint32_t cast_ends_at = 0;
  std::uint32_t ready_at = 0;
  std::uint32_t respawn_at = 0;
  bool in_combat = false;
  std::uint16_t party = 0;
};

/// A place in the bag or on the body.
struct ItemSlotRow {
  InlineString<32> item = {};
  std::uint16_t count = 0;
  std::uint16_t durability = 0;
  bool bound = false;
  friend bool operator==(const ItemSlotRow&, const ItemSlotRow&) = default;
};

struct KnownSkillRow {
  std::uint32_t ready_at = 0;
  friend bool operator==(const KnownSkillRow&, const KnownSkillRow&) = default;
};

struct BuffRow {
  InlineString<32> status = {};
  std::uint8_t stacks = 0;
  std::uint32_t until = 0;
  bool harmful = false;
  friend bool operator==(const BuffRow&, const BuffRow&) = default;
};

struct QuestRow {
  std::uint8_t state = 0;
  std::uint16_t c0 = 0;
  std::uint16_t c1 = 0;
  std::uint16_t c2 = 0;
  std::uint16_t c3 = 0;
  std::uint16_t completed = 0;
  friend bool operator==(const QuestRow&, const QuestRow&) = default;
};

struct PartyMemberRow {
  InlineString<32> session_id = {};
  InlineString<32> name = {};
  bool leader = false;
  std::uint16_t level = 0;
  std::uint32_t hp = 0;
  std::uint32_t max_hp = 0;
  InlineString<32> map = {};
  friend bool operator==(const PartyMemberRow&, const PartyMemberRow&) = default;
};

template <>
struct RowFields<MeRow> {
  static constexpr std::string_view name = "Me";
  static constexpr std::string_view help = "What only you are told about yourself";
  // clang-format off
  static constexpr auto list = std::make_tuple(
      field("entityId", &MeRow::entity_id, "your own entity id"),
      field("seq", &MeRow::seq, "sequence number of your last move that the simulation has applied"),
      field("x", &MeRow::x, "where the server has you, east, world units"),
      field("y", &MeRow::y, "where the server has you, south, world units"),
      field("speed", &MeRow::speed, "world units per second at full deflection"),
      field("mana", &MeRow::mana, "mana now"),
      field("maxMana", &MeRow::max_mana, "mana when rested"),
      field("shield", &MeRow::shield, "damage that shields still absorb"),
      field("attack", &MeRow::attack, "with everything that you wear and that works on you"),
      field("defence", &MeRow::defence, "likewise"),
      field("experience", &MeRow::experience, "in total"),
      field("experienceLevel", &MeRow::experience_level, "the total at which your level began"),
      field("experienceNext", &MeRow::experience_next, "the total at which the next level begins; 0: there is none"),
      field("coins", &MeRow::coins, "money"),
      field("bagSize", &MeRow::bag_size, "slots of the bag: 0 to bagSize - 1"),
      field("casting", &MeRow::casting, "id of the skill that you are casting; empty: none"),
      field("castEndsAt", &MeRow::cast_ends_at, "tick at which it acts"),
      field("readyAt", &MeRow::ready_at, "no skill before this tick (global cooldown)"),
      field("respawnAt", &MeRow::respawn_at, "tick at which you stand up again; 0: you live"),
      field("inCombat", &MeRow::in_combat, "you fought a moment ago: regeneration is slow"),
      field("partyId", &MeRow::party, "number of your party; 0: none"));
  // clang-format on
};

template <>
struct RowFields<ItemSlotRow> {
  static constexpr std::string_view name = "ItemSlot";
  static constexpr std::string_view help = "A slot of your bag (key: its number) or of your body (key: `weapon` …)";
  // clang-format off
  static constexpr auto list = std::make_tuple(
      field("item", &ItemSlotRow::item, "id in items.json; empty: the slot is"),
      field("count", &ItemSlotRow::count, "how many; 0: the slot is empty"),
      field("durability", &ItemSlotRow::durability, "of what wears out; 0 is broken"),
      field("bound", &ItemSlotRow::bound, "yours for good"));
  // clang-format on
};

template <>
struct RowFields<KnownSkillRow> {
  static constexpr std::string_view name = "KnownSkill";
  static constexpr std::string_view help = "A skill that you have learned; the key is its id in skills.json";
  // clang-format off
  static constexpr auto list = std::make_tuple(
      field("readyAt", &KnownSkillRow::ready_at, "tick from which it can be used again"));
  // clang-format on
};

template <>
struct RowFields<BuffRow> {
  static constexpr std::string_view name = "Buff";
  static constexpr std::string_view help = "Something that works on you for a while; the key is a number";
  // clang-format off
  static constexpr auto list = std::make_tuple(
      field("status", &BuffRow::status, "its name; empty: there is nothing here now"),
      field("stacks", &BuffRow::stacks, "how often; 0: there is nothing here now"),
      field("until", &BuffRow::until, "tick at which it ends"),
      field("harmful", &BuffRow::harmful, "somebody means you ill"));
  // clang-format on
};

template <>
struct RowFields<QuestRow> {
  static constexpr std::string_view name = "QuestProgress";
  static constexpr std::string_view help = "A quest that you have or had; the key is its id in quests.json";
  // clang-format off
  static constexpr auto list = std::make_tuple(
      field("state", &QuestRow::state, "a QuestState"),
      field("c0", &QuestRow::c0, "how far the first objective is"),
      field("c1", &QuestRow::c1, "the second"),
      field("c2", &QuestRow::c2, "the third"),
      field("c3", &QuestRow::c3, "the fourth"),
      field("completed", &QuestRow::completed, "how often you have completed it"));
  // clang-format on
};

template <>
struct RowFields<PartyMemberRow> {
  static constexpr std::string_view name = "PartyMember";
  static constexpr std::string_view help = "A member of your party, you included; the key is a number";
  // clang-format off
  static constexpr auto list = std::make_tuple(
      field("sessionId", &PartyMemberRow::session_id, "as in `players`; empty: not in this room"),
      field("name", &PartyMemberRow::name, "shown name; empty: nobody"),
      field("leader", &PartyMemberRow::leader, "leads the party"),
      field("level", &PartyMemberRow::level, "from 1"),
      field("hp", &PartyMemberRow::hp, "hit points, a moment ago; of one who is not here 0"),
      field("maxHp", &PartyMemberRow::max_hp, "hit points when healthy; of one who is not here 0"),
      field("map", &PartyMemberRow::map, "the map where they are; empty: not playing now"));
  // clang-format on
};

/// `Me` with its maps behind the plain fields. Their types follow one another: ItemSlot, KnownSkill, Buff, QuestProgress,
/// PartyMember.
/// @param first_type  place of ItemSlot in StateInfo::types
TypeInfo describe_me(int first_type);

/// The maps of `me` as ADD: once, in a snapshot, with `me` as the current structure. At most kMeLinksBytesMax bytes.
inline constexpr std::size_t kMeLinksBytesMax = 6 * 2;
std::uint8_t* encode_me_links(std::uint8_t* at);

/// Values of QuestProgress.state.
enum class QuestState : std::uint8_t { None = 0, Active = 1, Ready = 2, Completed = 3 };

}  // namespace throng::protocol
