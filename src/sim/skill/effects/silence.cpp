// Somebody cannot use skills for a while.
#include "sim/skill/effects/all_effects.h"
#include "sim/skill/effects/effect_fields.h"

namespace throng::sim {
namespace {

void apply_silence(const content::EffectDef& effect, EffectContext& ctx) {
  apply_status(ctx.state, ctx.tick, ctx.target, status_of(effect, ctx, StatusKind::Silence, true, 0));
}

}  // namespace

EffectType silence_effect() {
  return {{"silence", "Cannot use skills; ends a cast", {duration_field("How long it lasts"), status_field()}},
          apply_silence,
          true};
}

}  // namespace throng::sim
