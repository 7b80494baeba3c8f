#pragma once
// Which skills a character knows.

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// The known skill, or null.
KnownSkill* known_skill(PlayerState& player, content::SkillRef skill);
/// @return Accepted (and tells SkillLearned), AlreadyLearned, LevelTooLow, SkillsFull, UnknownSkill
Verdict learn_skill(WorldState& state, TickContext& ctx, EntityIndex player, content::SkillRef skill);
/// Learns everything that the level gives and needs no book. After every change of level, and when content changes.
void learn_by_level(WorldState& state, TickContext& ctx, EntityIndex player);

}  // namespace throng::sim
