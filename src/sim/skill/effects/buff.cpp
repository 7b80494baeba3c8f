// A stat that is higher for a while.
#include "sim/skill/effects/all_effects.h"
#include "sim/skill/effects/effect_fields.h"

namespace throng::sim {
namespace {

void apply_buff(const content::EffectDef& effect, EffectContext& ctx) {
  apply_status(ctx.state, ctx.tick, ctx.target, status_of(effect, ctx, StatusKind::Modifier, false, effect.amount));
}

}  // namespace

EffectType buff_effect() {
  return {{"buff", "Raises a stat for a while",
           joined({{stat_field("What is raised"),
                    content::field("amount", &content::EffectDef::amount,
                                   {.min = 1,
                                    .max = 100'000,
                                    .required = true,
                                    .help = "Added to the stat, in its unit: basis points for speed and criticals"}),
                    duration_field("How long it lasts"), status_field()},
                   stacking_fields()})},
          apply_buff,
          false};
}

}  // namespace throng::sim
