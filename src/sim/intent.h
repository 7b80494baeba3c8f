#pragma once
// What players and game masters ask of a world. Untrusted, except for the keys, which the room chooses.

#include <cstdint>
#include <memory>
#include <optional>
#include <variant>

#include "base/ids.h"
#include "base/inline_string.h"
#include "base/strong.h"
#include "base/units.h"
#include "content/game/items.h"
#include "content/game/refs.h"

namespace throng::sim {

struct CharacterSheet;
struct MailParcel;

/// A player of this room, chosen by the room; unique among the players that are in the world.
using PlayerKey = Id<struct PlayerKeyTag, std::uint32_t>;
using PlayerName = InlineString<32>;

/// Answered by PlayerSpawned or SpawnRefused in the same tick.
struct SpawnPlayer {
  PlayerKey key;
  PlayerName name;
  /// Where to stand; when there is no room for a body, the nearest place that has it. First choice.
  std::optional<Position> at;
  /// A spawn point of the map. Second choice; empty or unknown means the map's first.
  InlineString<32> spawn_name;
  /// What the character brings along; null is a new character.
  std::shared_ptr<const CharacterSheet> sheet;
};

/// Answered by EntityRemoved; without effect when there is no such player.
struct RemovePlayer {
  PlayerKey key;
};

/// Walk in this direction until told otherwise; (0, 0) stops. Longer than 1 is shortened to 1.
struct Move {
  PlayerKey key;
  BasisPoints dx;  ///< [-10'000, 10'000], to the east; beyond it is cut off
  BasisPoints dy;  ///< to the south
  /// Counts up and may wrap round; one older than the last applied is ignored, an equal one is not. Shown to
  /// its player as `me.seq` for prediction.
  std::uint32_t seq = 0;
};

// Every intent below is answered by what it brings about, or by IntentRefused with its `request`.

/// Hit somebody, and go on hitting; target 0 stops. With a skill: cast it once.
struct Attack {
  PlayerKey key;
  EntityId target;                                ///< 0 with a skill: aim at `aim`, or at oneself
  content::SkillRef skill{content::kNoNumber};    ///< none: the basic attack
  std::optional<Position> aim;                    ///< for circles, cones and lines without a target
  std::uint32_t request = 0;
};
struct PickUp {
  PlayerKey key;
  EntityId drop;
  std::uint32_t request = 0;
};

/// The bag is slots 0 to capacity - 1.
using BagSlot = std::uint8_t;
inline constexpr BagSlot kNoBagSlot = 0xff;

/// Eat, drink, read. The first stack of that item.
struct UseItem {
  PlayerKey key;
  content::ItemRef item;
  std::uint32_t request = 0;
};
/// Wear the first of that item from the bag; what was worn goes into the bag.
struct Equip {
  PlayerKey key;
  content::ItemRef item;
  std::uint32_t request = 0;
};
struct Unequip {
  PlayerKey key;
  content::EquipmentSlot slot;
  std::uint32_t request = 0;
};
enum class BagAction : std::uint8_t { Move, Split, Destroy, Sort };
struct ArrangeBag {
  PlayerKey key;
  BagAction action = BagAction::Sort;
  BagSlot from = 0;
  BagSlot to = 0;
  std::uint16_t count = 0;  ///< Split and Destroy; 0 is all
  std::uint32_t request = 0;
};
enum class ShopAction : std::uint8_t { Buy, Sell, BuyBack, Repair };
struct Trade {
  PlayerKey key;
  ShopAction action = ShopAction::Buy;
  content::NpcRef npc;
  content::ItemRef item;    ///< Buy and BuyBack
  BagSlot slot = 0;         ///< Sell
  std::uint16_t count = 1;  ///< 1..999
  std::uint32_t request = 0;
};
struct Talk {
  PlayerKey key;
  content::NpcRef npc;
  std::uint32_t request = 0;
};
enum class QuestAction : std::uint8_t { Accept, Complete, Abandon };
struct QuestStep {
  PlayerKey key;
  content::QuestRef quest;
  QuestAction action = QuestAction::Accept;
  std::uint32_t request = 0;
};
enum class PartyAction : std::uint8_t { Invite, Join, Decline, Leave, Kick, Lead, LootFree, LootRoundRobin };
struct PartyStep {
  PlayerKey key;
  PartyAction action = PartyAction::Invite;
  PlayerKey other;          ///< Invite, Kick, Lead: whom; Join: who invited
  std::uint32_t request = 0;
};
enum class LootRule : std::uint8_t {
  Free,        ///< what a member's kill leaves may be taken by any member
  RoundRobin,  ///< by one member in turn
};
/// What the store says: the player belongs to this kept party, or to none any more. Its members who are in this world are
/// a group here, too; who leads it and who may join is not decided here.
struct SetParty {
  PlayerKey key;
  PartyId kept;  ///< 0: none
  LootRule loot_rule = LootRule::Free;
};
/// A line was said to others; counts towards achievements.
struct NoteChat {
  PlayerKey key;
};

// What game masters and tools ask. The room checks who may.

struct GrantItem {
  PlayerKey key;
  content::ItemRef item;
  std::uint16_t count = 1;
};
struct GrantExperience {
  PlayerKey key;
  std::int64_t experience = 0;  ///< above 0
};
struct GrantCoins {
  PlayerKey key;
  std::int64_t coins = 0;
};
struct SummonMonster {
  content::MonsterRef monster;
  Position at;
};
/// Remember decisions of this monster from now on, for the question why (sim/ai/why.h); 0 forgets.
struct ExplainMonster {
  EntityId monster;
};

/// The room says whether what moves things can be kept. While it cannot, such wishes are refused (Verdict::StoreBehind).
struct SetEconomyOpen {
  bool open = true;
};

/// An exchange between two players; see sim/trade/trade.h. Ask: begins it when the other has asked, too.
enum class TradeAction : std::uint8_t { Ask, Cancel, Offer, Coins, Lock, Confirm };
struct TradeStep {
  PlayerKey key;
  TradeAction action = TradeAction::Ask;
  PlayerKey other;  ///< Ask: whom
  BagSlot slot = 0;  ///< Offer
  std::uint16_t count = 0;  ///< Offer: so many of the slot; 0 takes it back
  std::int64_t coins = 0;  ///< Coins: so many in all
  std::uint32_t request = 0;
};

/// What goes into a mail, or comes out of one; see sim/trade/parcel.h. The room has made sure of the mail itself.
enum class MailAction : std::uint8_t { Send, Take };
struct MailStep {
  PlayerKey key;
  MailAction action = MailAction::Send;
  std::shared_ptr<const MailParcel> parcel;  ///< null: without effect
  std::uint32_t request = 0;
};

using Intent = std::variant<SpawnPlayer, RemovePlayer, Move, Attack, PickUp, UseItem, Equip, Unequip, ArrangeBag, Trade,
                            Talk, QuestStep, PartyStep, NoteChat, GrantItem, GrantExperience, GrantCoins, SummonMonster,
                            ExplainMonster, SetEconomyOpen, TradeStep, MailStep, SetParty>;

static_assert(sizeof(Intent) <= 120, "rooms queue thousands of these");

}  // namespace throng::sim
