// Takes statuses off: harmful ones from friends, helpful ones from enemies.
#include "sim/combat/relations.h"
#include "sim/skill/effects/all_effects.h"
#include "sim/skill/effects/effect_fields.h"

namespace throng::sim {
namespace {

void apply_dispel(const content::EffectDef& effect, EffectContext& ctx) {
  const bool friendly = are_allies(ctx.state, ctx.caster.index, ctx.target);
  dispel(ctx.state, ctx.tick, ctx.target, friendly, effect.count);
}

}  // namespace

EffectType dispel_effect() {
  return {{"dispel",
           "Takes harmful statuses off a friend, helpful ones off an enemy, the newest first",
           {content::field("count", &content::EffectDef::count, {.min = 1, .max = 12, .help = "How many at most"})}},
          apply_dispel,
          false};
}

}  // namespace throng::sim
