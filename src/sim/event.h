#pragma once
// What happened in a tick, told once; everything that counts, shows or stores is a reader of these.

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <variant>

#include "base/ids.h"
#include "content/game/items.h"
#include "content/game/refs.h"
#include "content/game/stats.h"
#include "sim/actors.h"
#include "sim/entity_kind.h"
#include "sim/entity_pool.h"
#include "sim/intent.h"
#include "sim/verdict.h"

namespace throng::sim {

// ---- who is there ----------------------------------------------------------------------------------------------

struct PlayerSpawned {
  PlayerKey key;
  EntityIndex index;
  EntityId id;
};

enum class SpawnRefusal : std::uint8_t {
  KeyInUse,   ///< the room's mistake: this key already has a player
  WorldFull,  ///< entities_max reached, counting indexes that still rest
  NoGround,   ///< nowhere near any spawn point is there room for a body
};

struct SpawnRefused {
  PlayerKey key;
  SpawnRefusal reason;
};

/// Also told for every monster of the map, in the first tick.
struct MonsterSpawned {
  EntityIndex index;
  EntityId id;
  content::MonsterRef kind;
};

/// The entity is gone; its index is at rest.
struct EntityRemoved {
  EntityIndex index;
  EntityKind kind;
  EntityId id;
};

/// An intent's rules said no.
struct IntentRefused {
  PlayerKey key;
  Verdict verdict;
  std::uint32_t request;
};

// ---- fights ----------------------------------------------------------------------------------------------------

struct Damaged {
  ActorRef source;  ///< may be gone by now
  ActorRef target;
  std::int32_t amount;    ///< hit points really lost
  std::int32_t absorbed;  ///< by shields
  content::SkillRef skill;  ///< none: the basic attack
  content::Element element;
  bool critical;
};
struct Healed {
  ActorRef source;
  ActorRef target;
  std::int32_t amount;  ///< hit points really restored; may be 0
  content::SkillRef skill;  ///< none: regeneration is not told; an item
};
struct StatusChanged {
  ActorRef target;
  content::StatusRef status;
  std::uint8_t stacks;  ///< 0: it ended
};
enum class CastStage : std::uint8_t { Started, Finished, Interrupted };
struct CastTold {
  ActorRef caster;
  ActorRef target;
  content::SkillRef skill;
  CastStage stage;
};
struct Died {
  ActorRef victim;
  EntityKind kind;
  ActorRef killer;  ///< none: nobody in particular
};
/// One for each player that has a share in a monster's death.
struct KillCredited {
  PlayerKey key;
  content::MonsterRef monster;
  bool own;  ///< dealt the most damage; the others helped or are of the party
};
struct PlayerRespawned {
  PlayerKey key;
};
struct MonsterStateChanged {
  ActorRef monster;
  AiState from;
  AiState to;
};
struct BossPhaseBegan {
  ActorRef monster;
  content::MonsterRef kind;
  std::uint8_t phase;
};

// ---- progress --------------------------------------------------------------------------------------------------

enum class Source : std::uint8_t {
  Kill,
  Quest,
  Achievement,
  Loot,
  Shop,
  Use,
  Death,
  GameMaster,
  Destroy,
  Start,
  Trade,  ///< between two players: told of the one who gives, then of the one who gets
  Mail,  ///< out of a mail, or into one
};
inline constexpr std::size_t kSources = 12;

struct ExperienceGained {
  PlayerKey key;
  std::int64_t amount;  ///< negative: lost by death
  Source source;
};
struct LevelReached {
  PlayerKey key;
  std::int32_t level;
};
struct SkillLearned {
  PlayerKey key;
  content::SkillRef skill;
};
enum class QuestState : std::uint8_t { None, Active, Ready, Completed };  ///< Ready: all objectives are met
struct QuestChanged {
  PlayerKey key;
  content::QuestRef quest;
  QuestState state;
};
struct AchievementEarned {
  PlayerKey key;
  content::AchievementRef achievement;
};
struct Talked {
  PlayerKey key;
  content::NpcRef npc;
  std::uint16_t line;  ///< index in NpcDef::lines
};

// ---- things ----------------------------------------------------------------------------------------------------

struct DropAppeared {
  EntityIndex index;
  EntityId id;
  content::ItemRef item;  ///< none: coins
  std::int32_t count;
};
struct PickedUp {
  PlayerKey key;
  EntityId drop;
  content::ItemRef item;  ///< none: coins
  std::int32_t count;
};
/// Into (count above 0) or out of (below 0) what a character has, equipment included. Pieces with a uid one by one.
struct ItemMoved {
  PlayerKey key;
  content::ItemRef item;
  std::int32_t count;
  Source source;
  std::int64_t uid = 0;
};
struct CoinsMoved {
  PlayerKey key;
  std::int64_t amount;
  Source source;
};
struct ItemUsed {
  PlayerKey key;
  content::ItemRef item;
};

// ---- people and places -----------------------------------------------------------------------------------------

enum class PartyNews : std::uint8_t { Invited, Joined, Declined, Left, Kicked, Leader, LootRule };
struct PartyChanged {
  PlayerKey key;    ///< who is told
  PlayerKey other;  ///< whom it is about
  PartyNews news;
};
enum class TradeNews : std::uint8_t { Asked, Begun, Changed, Done, Cancelled };
struct TradeChanged {
  PlayerKey key;    ///< who is told
  PlayerKey other;  ///< the other one of the two
  TradeNews news;
  Verdict why;  ///< Cancelled: what ended it, Accepted is a wish of one of the two; Changed: what was refused or lost
};
/// The player has stepped into a portal. Told once each time.
struct PortalEntered {
  PlayerKey key;
  std::uint16_t portal;  ///< index in MapDef::portals
};

using Event =
    std::variant<PlayerSpawned, SpawnRefused, MonsterSpawned, EntityRemoved, IntentRefused, Damaged, Healed,
                 StatusChanged, CastTold, Died, KillCredited, PlayerRespawned, MonsterStateChanged, BossPhaseBegan,
                 ExperienceGained, LevelReached, SkillLearned, QuestChanged, AchievementEarned, Talked, DropAppeared,
                 PickedUp, ItemMoved, CoinsMoved, ItemUsed, PartyChanged, PortalEntered, TradeChanged>;

static_assert(std::is_trivially_copyable_v<Event>);
static_assert(sizeof(Event) <= 48, "a tick of a battle has thousands of these");

}  // namespace throng::sim
