// A shield that takes damage first.
#include "sim/skill/effects/all_effects.h"
#include "sim/skill/effects/effect_fields.h"

namespace throng::sim {
namespace {

void apply_shield(const content::EffectDef& effect, EffectContext& ctx) {
  apply_status(ctx.state, ctx.tick, ctx.target, status_of(effect, ctx, StatusKind::Shield, false, ctx.scaled(effect)));
}

}  // namespace

EffectType shield_effect() {
  return {{"shield", "Absorbs damage, after defence, until it is used up",
           joined({scaled_amount_fields("Damage that it absorbs"),
                   {duration_field("How long it lasts at most"), status_field()},
                   stacking_fields()})},
          apply_shield,
          false};
}

}  // namespace throng::sim
