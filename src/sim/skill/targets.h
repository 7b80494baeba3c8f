#pragma once
// Whom a cast reaches: shapes, rules, and the choice when there are too many.

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

struct CastTarget {
  EntityIndex index;
  EntityId id;
  std::int64_t distance_squared = 0;  ///< from the middle of the shape
  bool harmable = false;              ///< may_harm held when the cast landed
  bool critical = false;
};

/// More than this are never hit, whatever `targets_max` says.
inline constexpr std::size_t kCastTargetsMax = 32;

struct CastTargets {
  std::array<CastTarget, kCastTargetsMax> list{};
  std::size_t count = 0;
};

/// Whether the skill's target rule allows this one.
/// @return Accepted, WrongTarget, SafeZone
Verdict check_rule(const WorldState& state, EntityIndex caster, content::TargetRule rule, EntityIndex target);

/// Who is hit, nearest first, ties by entity id: the living whom the rule allows, inside the shape, in sight of its middle
/// (circles) or of the caster (cones and lines). At most `targets_max`.
/// @param target  aimed at, or none
/// @param aim     place of the target, or the place that was aimed at
CastTargets find_targets(const WorldState& state, const TickContext& ctx, EntityIndex caster,
                         const content::SkillDef& skill, ActorRef target, Position aim);

}  // namespace throng::sim
