#include "sim/skill/landing.h"

#include "sim/combat/damage.h"
#include "sim/skill/conditions.h"
#include "sim/skill/effects/effect_type.h"
#include "sim/skill/targets.h"

namespace throng::sim {
namespace {

void land_on(const content::EffectDef& effect, const EffectType& type, EffectContext& ctx, const CastTarget& target) {
  if (ctx.state.fighter(target.index).dead() || (type.harmful && !target.harmable)) return;
  ctx.target = target.index;
  ctx.critical = target.critical;
  if (conditions_hold(effect, ctx)) type.apply(effect, ctx);
}

/// What the effect does to the caster, it does once, and whether it may harm is not asked.
void land_on_caster(const content::EffectDef& effect, const EffectType& type, EffectContext& ctx,
                    const CastTargets& targets) {
  CastTarget self{.index = ctx.caster.index, .id = ctx.caster.id, .harmable = true};
  for (std::size_t i = 0; i < targets.count; ++i) self.critical = self.critical || targets.list[i].critical;
  land_on(effect, type, ctx, self);
}

}  // namespace

void land_cast(WorldState& state, TickContext& ctx, EntityIndex caster, const Cast& cast) {
  const content::SkillDef& skill = state.content->skill(cast.skill);
  CastTargets targets = find_targets(state, ctx, caster, skill, cast.target, cast.aim);
  for (std::size_t i = 0; i < targets.count; ++i) targets.list[i].critical = roll_critical(state, ctx, caster);
  EffectContext effects{.state = state,
                        .tick = ctx,
                        .caster = state.ref(caster),
                        .target = caster,
                        .skill = cast.skill,
                        .from = state.positions[caster.value],
                        .aim = cast.aim,
                        .caster_stats = state.fighter(caster).stats};
  for (const content::EffectDef& effect : skill.effects) {
    if (effect.type >= all_effects().size()) continue;
    const EffectType& type = all_effects()[effect.type];
    if (effect.on_caster) {
      land_on_caster(effect, type, effects, targets);
      continue;
    }
    for (std::size_t i = 0; i < targets.count; ++i) land_on(effect, type, effects, targets.list[i]);
  }
}

}  // namespace throng::sim
