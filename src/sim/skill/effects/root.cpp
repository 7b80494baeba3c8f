// Somebody is held where it stands.
#include "sim/skill/effects/all_effects.h"
#include "sim/skill/effects/effect_fields.h"

namespace throng::sim {
namespace {

void apply_root(const content::EffectDef& effect, EffectContext& ctx) {
  apply_status(ctx.state, ctx.tick, ctx.target, status_of(effect, ctx, StatusKind::Root, true, 0));
}

}  // namespace

EffectType root_effect() {
  return {{"root", "Cannot walk; may strike and cast", {duration_field("How long it lasts"), status_field()}},
          apply_root,
          true};
}

}  // namespace throng::sim
