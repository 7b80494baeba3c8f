// A push away from where the caster stood.
#include "sim/skill/casting.h"
#include "sim/skill/effects/all_effects.h"
#include "sim/skill/effects/effect_fields.h"

namespace throng::sim {
namespace {

void push_away(const content::EffectDef& effect, EffectContext& ctx) {
  Position& at = ctx.state.positions[ctx.target.value];
  Direction away = towards(ctx.from, at);
  if (away == Direction{}) away = {{kBasisPointsWhole}, {0}};
  const auto part = [&](BasisPoints direction) {
    return static_cast<std::int32_t>(std::int64_t{effect.distance.value} * direction.value / kBasisPointsWhole);
  };
  at = ctx.tick.ground.slide(at, part(away.x), part(away.y)).position;
  interrupt_cast(ctx.state, ctx.tick, ctx.target);
}

}  // namespace

EffectType knockback_effect() {
  return {{"knockback",
           "Pushes away from the caster, up to a wall; ends a cast",
           {content::field("distance_units", &content::EffectDef::distance,
                           {.min = 1, .max = 1000, .required = true, .help = "How far"})}},
          push_away,
          true};
}

}  // namespace throng::sim
