// Healing in steps.
#include "sim/skill/effects/all_effects.h"
#include "sim/skill/effects/effect_fields.h"

namespace throng::sim {
namespace {

void apply_heal_over_time(const content::EffectDef& effect, EffectContext& ctx) {
  apply_status(ctx.state, ctx.tick, ctx.target,
               status_of(effect, ctx, StatusKind::HealOverTime, false, ctx.scaled(effect)));
}

}  // namespace

EffectType heal_over_time_effect() {
  return {{"heal_over_time", "Gives hit points back in steps, the first after `interval_ms`",
           joined({scaled_amount_fields("Hit points of one step"),
                   {interval_field("Between two steps"), duration_field("How long it goes on"), status_field()},
                   stacking_fields()})},
          apply_heal_over_time,
          false};
}

}  // namespace throng::sim
