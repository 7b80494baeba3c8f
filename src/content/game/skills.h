#pragma once
// config/content/skills.json: what characters and monsters can do.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "content/description.h"
#include "content/game/refs.h"
#include "content/game/stats.h"

namespace throng::content {

enum class SkillType : std::uint8_t { Attack, Heal, Defence, Movement, Control, Summon };  ///< for menus and icons
enum class SkillShape : std::uint8_t {
  Self,    ///< the caster alone
  Target,  ///< one target in range
  Circle,  ///< everybody within `radius` of the target (or of the caster, with range 0)
  Cone,    ///< within `range` of the caster and `angle` of the way to the target
  Line,    ///< a lane of `radius` to both sides, `range` long, through the target
};
enum class TargetRule : std::uint8_t { Enemy, Ally, Self, Any };
enum class Stacking : std::uint8_t {
  Refresh,    ///< one stack; the time starts again
  Stack,      ///< up to `stacks_max`, each adds; the time starts again
  Strongest,  ///< the larger amount wins; an equal one starts the time again
};

enum class ConditionType : std::uint8_t {
  Chance,       ///< with probability `share`
  HealthBelow,  ///< the target's health is below `share` of its maximum
  HasBuff,      ///< the target has `status`
  Critical,     ///< the hit of this cast on this target was critical
};

struct ConditionDef {
  ConditionType type = ConditionType::Chance;
  BasisPoints share{10'000};
  std::string status;
  StatusRef status_ref{kNoNumber};
  friend bool operator==(const ConditionDef&, const ConditionDef&) = default;
};

/// Members that effects are made of; which of them an effect's JSON has is said by its EffectFormat.
struct EffectDef {
  std::uint8_t type = 0;  ///< place of its format in the list of formats
  std::int32_t amount = 0;
  BasisPoints scaling{0};  ///< share of the caster's `scale_by` that is added to `amount`
  Stat scale_by = Stat::Attack;
  Element element = Element::Physical;
  Stat stat = Stat::Defence;       ///< what a buff or debuff changes
  int duration_ms = 0;
  int interval_ms = 1000;          ///< between two steps of damage or healing over time
  Milliunits distance{0};
  BasisPoints factor{10'000};
  Stacking stacking = Stacking::Refresh;
  int stacks_max = 1;
  int count = 1;
  std::string status;              ///< name of what it leaves on the target; empty: named after the skill and effect
  StatusRef status_ref{kNoNumber};
  Reference<MonsterRef> monster;   ///< of a summons
  bool on_caster = false;          ///< goes to the caster whatever the skill's target
  std::vector<ConditionDef> when;  ///< all must hold
  friend bool operator==(const EffectDef&, const EffectDef&) = default;
};

/// What the JSON of one type of effect looks like. The simulation lists them (sim/skill/effects/all_effects.h), so that
/// an effect's format and behaviour are one file.
struct EffectFormat {
  std::string_view name;
  std::string_view help;
  std::vector<Field<EffectDef>> fields;  ///< beside `type`, `on_caster` and `when`, which all have
};

struct SkillDef {
  std::string id;
  std::string name;
  std::string description;
  SkillType type = SkillType::Attack;
  int level = 1;  ///< of the character, to learn and cast it, 1..100
  bool needs_book = false;  ///< learnt from an item only; otherwise known at `level`
  bool monsters_only = false;
  int mana_cost = 0;
  int cooldown_ms = 0;
  int global_cooldown_ms = 500;  ///< blocks every other skill of the caster
  int cast_ms = 0;  ///< 0: at once
  Milliunits range = units(0);
  Milliunits radius = units(0);
  int angle_deg = 90;  ///< full opening of a cone, 1..360
  SkillShape shape = SkillShape::Target;
  TargetRule target = TargetRule::Enemy;
  int targets_max = 16;  ///< nearest first
  std::string icon;
  std::string animation;
  std::vector<EffectDef> effects;  ///< 1..8, applied in order
  bool retired = false;
  friend bool operator==(const SkillDef&, const SkillDef&) = default;
};

inline constexpr std::size_t kEffectsPerSkillMax = 8;
inline constexpr std::size_t kConditionsMax = 4;

/// @return the skills in the order of the file, unlinked, or every problem of the file. Any thread.
Result<std::vector<SkillDef>> parse_skills(std::string_view text, std::string_view file,
                                           std::span<const EffectFormat> effects);
std::string json_schema_for_skills(std::span<const EffectFormat> effects);

}  // namespace throng::content
