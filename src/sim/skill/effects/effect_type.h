#pragma once
// One type of effect: its JSON and what it does. To add one: a file here, and its line in all_effects.cpp.

#include <span>
#include <vector>

#include "content/game/skills.h"
#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// One effect of one cast on one target.
struct EffectContext {
  WorldState& state;
  TickContext& tick;
  ActorRef caster;  ///< may be gone when the effect lands
  EntityIndex target;
  content::SkillRef skill;
  Position from;                    ///< where the caster stood
  Position aim = {};                ///< the place that was aimed at; of a target, its own
  content::StatBlock caster_stats;  ///< when it was cast
  bool critical = false;

  std::int32_t scaled(const content::EffectDef& effect) const;  ///< amount + scaling x stat of the caster
};

struct EffectType {
  content::EffectFormat format;
  void (*apply)(const content::EffectDef& effect, EffectContext& ctx);
  bool harmful;  ///< needs may_harm on its target
};

/// By EffectDef::type. The order is free: files name types by their name.
std::span<const EffectType> all_effects();
/// The formats alone, for loading content.
const std::vector<content::EffectFormat>& effect_formats();

}  // namespace throng::sim
