// Healing at once.
#include "sim/combat/damage.h"
#include "sim/skill/effects/all_effects.h"
#include "sim/skill/effects/effect_fields.h"

namespace throng::sim {
namespace {

void apply_heal(const content::EffectDef& effect, EffectContext& ctx) {
  heal(ctx.state, ctx.tick, ctx.caster, ctx.target, ctx.scaled(effect), ctx.skill);
}

}  // namespace

EffectType heal_effect() {
  return {{"heal", "Gives hit points back at once", scaled_amount_fields("Hit points")}, apply_heal, false};
}

}  // namespace throng::sim
