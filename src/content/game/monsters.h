#pragma once
// config/content/monsters.json: the kinds of monsters.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "content/game/refs.h"

namespace throng::content {

enum class Aggression : std::uint8_t {
  Passive,     ///< never starts and never fights back: it flees or takes it
  Neutral,     ///< fights back
  Aggressive,  ///< starts when somebody comes inside `detection_range`
};
enum class PatrolMode : std::uint8_t {
  None,      ///< a guard: stands at its spawn
  Random,    ///< strolls within `patrol_radius` of its spawn
  Waypoint,  ///< follows the route of its spawn
  Circle,    ///< walks round its spawn at `patrol_radius`
};

/// A skill that a monster may use instead of its plain attack.
struct MonsterSkillDef {
  Reference<SkillRef> skill;
  int priority = 0;                        ///< the highest that may be used now is
  BasisPoints own_health_below{10'000};    ///< only when its health is at or below this share
  BasisPoints target_health_below{10'000};
  int phase_min = 0;                       ///< of a boss
  friend bool operator==(const MonsterSkillDef&, const MonsterSkillDef&) = default;
};

/// What changes when a boss has lost health. Phase 0 is before the first of these.
struct BossPhaseDef {
  BasisPoints health_below{5'000};
  BasisPoints damage_factor{10'000};
  BasisPoints speed_factor{10'000};
  Reference<SkillRef> on_enter;  ///< cast at once
  std::string shout;
  friend bool operator==(const BossPhaseDef&, const BossPhaseDef&) = default;
};

struct MonsterDef {
  std::string id;    ///< the key in the file, for instance `slime`
  std::string name;  ///< shown to players
  int level = 1;     ///< 1..100
  int max_hp = 10;
  int max_mana = 0;
  int attack = 1;
  int defence = 0;
  BasisPoints crit_chance{0};
  Aggression aggression = Aggression::Neutral;
  PatrolMode patrol = PatrolMode::Random;
  Milliunits patrol_radius = units(160);
  Milliunits detection_range = units(160);
  Milliunits attack_range = units(32);
  Milliunits chase_range = units(400);  ///< from where the chase began
  Milliunits leash_range = units(600);  ///< from home
  // Per second
  Milliunits patrol_speed = units(40);
  Milliunits chase_speed = units(90);
  Milliunits flee_speed = units(100);
  Milliunits return_speed = units(140);
  int idle_ms_min = 1000;  ///< pause between two strolls, at most idle_ms_max
  int idle_ms_max = 4000;
  int attack_cooldown_ms = 1500;
  BasisPoints flee_below{0};  ///< share of health; 0 never flees
  int flee_ms = 4000;
  std::vector<MonsterSkillDef> skills;  ///< 0..kMonsterSkillsMax
  Reference<LootRef> loot;
  int experience = 10;
  int respawn_ms = 15'000;
  BasisPoints respawn_jitter{2'000};  ///< ± share of respawn_ms
  int corpse_ms = 4000;
  std::string pack;                   ///< monsters of one pack help each other; empty: none
  Milliunits pack_radius = units(240);
  // Shares by which what would hold it is shorter; all of it: it cannot be held so at all.
  BasisPoints stun_resistance{0};
  BasisPoints root_resistance{0};
  BasisPoints silence_resistance{0};
  bool boss = false;
  std::vector<BossPhaseDef> phases;   ///< by falling `health_below`; bosses only; 0..kBossPhasesMax
  bool retired = false;
  friend bool operator==(const MonsterDef&, const MonsterDef&) = default;
};

inline constexpr std::size_t kMonsterSkillsMax = 6;
inline constexpr std::size_t kBossPhasesMax = 4;

Result<std::vector<MonsterDef>> parse_monsters(std::string_view text, std::string_view file);
std::string json_schema_for_monsters();

}  // namespace throng::content
