#pragma once
// From the wish to use a skill to its effects: checks, cast time, cooldowns.

#include <optional>

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// What a cast is aimed at: somebody, or a place, or (neither) oneself.
struct Aim {
  ActorRef target;
  std::optional<Position> at;
};

/// Everything that forbids it, cooldowns and mana included; changes nothing. `ready` is the skill's own cooldown end.
Verdict check_cast(const WorldState& state, const TickContext& ctx, EntityIndex caster, content::SkillRef skill,
                   const Aim& aim, Tick ready);

/// Pays, starts the cooldowns and either acts at once or begins to cast. The caller has checked. Sets `ready`.
void begin_cast(WorldState& state, TickContext& ctx, EntityIndex caster, content::SkillRef skill, const Aim& aim,
                Tick& ready);

/// Intent: Attack with a skill.
void cast_skill(WorldState& state, TickContext& ctx, const Attack& intent);

/// Movement, stun and silence end a cast; what was paid stays paid.
void interrupt_cast(WorldState& state, TickContext& ctx, EntityIndex caster);

/// System: casts whose time has come act.
void advance_casts(WorldState& state, TickContext& ctx);

}  // namespace throng::sim
