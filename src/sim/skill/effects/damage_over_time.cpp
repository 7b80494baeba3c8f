// Damage in steps: burning, bleeding, poison.
#include "sim/skill/effects/all_effects.h"
#include "sim/skill/effects/effect_fields.h"

namespace throng::sim {
namespace {

void apply_damage_over_time(const content::EffectDef& effect, EffectContext& ctx) {
  apply_status(ctx.state, ctx.tick, ctx.target,
               status_of(effect, ctx, StatusKind::DamageOverTime, true, ctx.scaled(effect)));
}

}  // namespace

EffectType damage_over_time_effect() {
  return {{"damage_over_time", "Takes hit points in steps, the first after `interval_ms`; steps are never critical",
           joined({scaled_amount_fields("Damage of one step, before defence"),
                   {element_field(), interval_field("Between two steps"), duration_field("From first to last"),
                    status_field()},
                   stacking_fields()})},
          apply_damage_over_time,
          true};
}

}  // namespace throng::sim
