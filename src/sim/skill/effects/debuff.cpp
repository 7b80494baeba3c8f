// A stat that is lower for a while.
#include "sim/skill/effects/all_effects.h"
#include "sim/skill/effects/effect_fields.h"

namespace throng::sim {
namespace {

void apply_debuff(const content::EffectDef& effect, EffectContext& ctx) {
  apply_status(ctx.state, ctx.tick, ctx.target, status_of(effect, ctx, StatusKind::Modifier, true, -effect.amount));
}

}  // namespace

EffectType debuff_effect() {
  return {{"debuff", "Lowers a stat for a while; no stat falls below 0, nobody slows to less than a tenth",
           joined({{stat_field("What is lowered"),
                    content::field("amount", &content::EffectDef::amount,
                                   {.min = 1,
                                    .max = 100'000,
                                    .required = true,
                                    .help = "Taken from the stat, in its unit: basis points for speed and criticals"}),
                    duration_field("How long it lasts"), status_field()},
                   stacking_fields()})},
          apply_debuff,
          true};
}

}  // namespace throng::sim
