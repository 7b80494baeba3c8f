// Somebody can do nothing for a while.
#include "sim/skill/effects/all_effects.h"
#include "sim/skill/effects/effect_fields.h"

namespace throng::sim {
namespace {

void apply_stun(const content::EffectDef& effect, EffectContext& ctx) {
  apply_status(ctx.state, ctx.tick, ctx.target, status_of(effect, ctx, StatusKind::Stun, true, 0));
}

}  // namespace

EffectType stun_effect() {
  return {
      {"stun", "Neither walks, strikes nor casts; ends a cast", {duration_field("How long it lasts"), status_field()}},
      apply_stun,
      true};
}

}  // namespace throng::sim
