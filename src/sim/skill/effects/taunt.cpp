// A monster fights the caster for a while, whomever it is angry with.
#include "sim/ai/monsters.h"
#include "sim/skill/effects/all_effects.h"
#include "sim/skill/effects/effect_fields.h"

namespace throng::sim {
namespace {

void apply_taunt(const content::EffectDef& effect, EffectContext& ctx) {
  if (ctx.state.kind(ctx.target) != EntityKind::Monster) return;
  taunt(ctx.state, ctx.tick, ctx.target, ctx.caster, ctx.state.ticks(effect.duration_ms));
}

}  // namespace

EffectType taunt_effect() {
  return {{"taunt",
           "Makes a monster fight the caster; players are not impressed",
           {duration_field("How long it cannot turn to others")}},
          apply_taunt,
          true};
}

}  // namespace throng::sim
