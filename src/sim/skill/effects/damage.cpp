// Damage at once.
#include "sim/combat/damage.h"

#include "sim/skill/effects/all_effects.h"
#include "sim/skill/effects/effect_fields.h"

namespace throng::sim {
namespace {

void apply_damage(const content::EffectDef& effect, EffectContext& ctx) {
  deal_damage(ctx.state, ctx.tick,
              {.source = ctx.caster,
               .target = ctx.target,
               .power = ctx.scaled(effect),
               .element = effect.element,
               .skill = ctx.skill,
               .can_crit = false,
               .critical = ctx.critical});
}

}  // namespace

EffectType damage_effect() {
  return {{"damage", "Takes hit points at once, critical ones included",
           joined({scaled_amount_fields("Damage before defence"), {element_field()}})},
          apply_damage,
          true};
}

}  // namespace throng::sim
