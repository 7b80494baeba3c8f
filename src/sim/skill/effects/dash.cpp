// A while of walking faster.
#include "sim/skill/effects/all_effects.h"
#include "sim/skill/effects/effect_fields.h"

namespace throng::sim {
namespace {

void apply_dash(const content::EffectDef& effect, EffectContext& ctx) {
  apply_status(ctx.state, ctx.tick, ctx.target, status_of(effect, ctx, StatusKind::Haste, false, effect.factor.value));
}

}  // namespace

EffectType dash_effect() {
  return {{"dash",
           "Multiplies the walking speed for a while",
           {content::field("factor_bp", &content::EffectDef::factor,
                           {.min = 10'001, .max = 50'000, .required = true, .help = "20000 is twice as fast"}),
            duration_field("How long it lasts"), status_field()}},
          apply_dash,
          false};
}

}  // namespace throng::sim
