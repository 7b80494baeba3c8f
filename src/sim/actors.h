#pragma once
// The rows of fighters, players and monsters: what the systems read and write, and what clients are shown of it.

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/units.h"
#include "content/game/refs.h"
#include "content/game/stats.h"
#include "sim/ai/ai_state.h"
#include "sim/entity_pool.h"
#include "sim/intent.h"

namespace throng::sim {

/// Somebody, safe against the reuse of its index: the id must still be the one that lives there.
struct ActorRef {
  EntityIndex index{0xffff'ffffu};
  EntityId id{0};
  bool named() const { return id.value != 0; }
  friend bool operator==(ActorRef, ActorRef) = default;
};

// ---- what players and monsters have in common ------------------------------------------------------------------

/// A skill that is being cast.
struct Cast {
  content::SkillRef skill{content::kNoNumber};  ///< none: casts nothing
  ActorRef target;
  Position aim;                                 ///< place of the target, or the point that was asked for
  Tick done;
  bool active() const { return content::is_set(skill); }
};

/// What somebody needs for a fight. One row per EntityIndex; rows of other kinds of entities stay at their defaults.
struct Fighter {
  std::int32_t level = 1;
  std::int32_t hp = 1;        ///< [0, stats MaxHp]; 0 is dead
  std::int32_t mana = 0;      ///< [0, stats MaxMana]
  std::int32_t shield = 0;    ///< absorbs damage first; the sum of its shield statuses' amounts
  content::StatBlock stats;   ///< totals: base, level, equipment and statuses; kept by combat/combat_stats.h
  Tick combat_until;          ///< in a fight before this tick
  Tick global_ready;          ///< no skill before this tick
  Tick attack_ready;          ///< no basic attack before this tick
  Tick stunned_until;
  Tick rooted_until;
  Tick silenced_until;
  std::int32_t regen_hp_part = 0;    ///< hundredths of a point not yet given, [0, 100 x ticks a second)
  std::int32_t regen_mana_part = 0;
  std::uint8_t status_count = 0;     ///< of its row in WorldState::statuses
  Cast cast;

  std::int32_t max_hp() const { return stats[content::Stat::MaxHp]; }
  std::int32_t max_mana() const { return stats[content::Stat::MaxMana]; }
  bool dead() const { return hp <= 0; }
};

/// How a status works while it lasts. The numbers are saved; new ones go at the end.
enum class StatusKind : std::uint8_t { DamageOverTime, HealOverTime, Modifier, Shield, Stun, Root, Silence, Haste };

/// Something that an effect left on somebody.
struct ActiveStatus {
  content::StatusRef status{content::kNoNumber};
  StatusKind kind = StatusKind::Modifier;
  content::Stat stat = content::Stat::Defence;           ///< of a Modifier
  content::Element element = content::Element::Physical; ///< of damage over time
  bool harmful = false;                                  ///< dispelled from friends; else from enemies
  std::uint8_t stacks = 1;
  /// Per stack: the modifier, damage or healing of one step. Of all stacks: what a shield has left. Of haste: the factor.
  std::int32_t amount = 0;
  Tick until;  ///< ends at the start of this tick
  Tick next_step;  ///< of damage and healing over time
  Tick interval;
  content::SkillRef skill{content::kNoNumber};  ///< whence it came
  ActorRef source;
};

inline constexpr std::size_t kStatusesMax = 12;  ///< on one fighter; a further one replaces that which ends first
using StatusRow = std::array<ActiveStatus, kStatusesMax>;

// ---- players ---------------------------------------------------------------------------------------------------

/// Shown to clients as the field `state`; player/activity.h says which one holds. The numbers are saved; new ones go at
/// the end.
enum class Activity : std::uint8_t { Idle, Moving, Dead, Casting, Fighting };

struct KnownSkill {
  content::SkillRef skill{content::kNoNumber};
  Tick ready;
};
inline constexpr std::size_t kKnownSkillsMax = 32;

struct PlayerState {
  PlayerKey key;
  PlayerName name;
  Activity activity = Activity::Idle;
  bool has_moved = false;  ///< a Move was applied, so `move_seq` means something
  BasisPoints direction_x;  ///< where it wishes to walk; the length of the direction is at most 10'000
  BasisPoints direction_y;
  std::uint32_t move_seq = 0;  ///< `seq` of the last Move that was applied
  std::int64_t experience = 0;  ///< in total; the level follows from it
  ActorRef auto_target;  ///< whom the basic attack goes on hitting; none: nobody
  Tick respawn_at;  ///< while dead
  Tick consumable_ready;
  std::uint16_t party = 0xffff;  ///< number in WorldState::parties; none
  content::NpcRef talked_to{content::kNoNumber};  ///< the last npc, and
  std::uint16_t talk_line = 0;  ///< the number of its line that comes next
  std::uint16_t inside_portal = 0xffff;  ///< number of the map's portal that it stands in and has been told of
  std::uint8_t skill_count = 0;
  std::array<KnownSkill, kKnownSkillsMax> skills{};
};

// ---- monsters --------------------------------------------------------------------------------------------------

inline constexpr std::size_t kMonsterPathMax = 12;

/// What is read for every monster in every tick lies together at the beginning.
struct MonsterState {
  content::MonsterRef kind{content::kNoNumber};
  content::SpawnRef spawn{content::kNoNumber};  ///< none: summoned or made by a game master
  AiState ai = AiState::Idle;
  bool path_wanted = false;  ///< waits for a search
  std::uint8_t phase = 0;  ///< of a boss
  bool phase_cast_due = false;  ///< the skill of its new phase is still to be cast
  Tick decide_at;  ///< when it next chooses what to do
  Tick path_due;  ///< earliest tick of its next search for a way; while `path_wanted`: since when it waits
  ActorRef owner;  ///< who summoned it; none: nobody
  Tick expires;  ///< a summoned one goes then; 0: never
  ActorRef target;  ///< whom it fights
  Tick state_since;
  Tick unreachable_since;  ///< 0: the target can be reached
  Position home;  ///< where it belongs
  Position chase_from;  ///< where the chase began
  Position destination;  ///< meaningful while it walks
  bool fled = false;  ///< has fled in this fight
  bool route_back = false;  ///< ping-pong: on the way back
  std::uint16_t waypoint = 0;  ///< of its spawn's route, the next
  std::uint8_t path_length = 0;
  std::uint8_t path_next = 0;
  std::array<Position, kMonsterPathMax> path{};  ///< round walls, to `destination`
  std::array<Tick, 6> skill_ready{};  ///< by place in MonsterDef::skills
};

}  // namespace throng::sim
