#include "sim/skill/conditions.h"

#include <algorithm>

#include "sim/combat/status.h"

namespace throng::sim {
namespace {

bool condition_holds(const content::ConditionDef& condition, EffectContext& ctx) {
  const Fighter& target = ctx.state.fighter(ctx.target);
  switch (condition.type) {
    case content::ConditionType::Chance:
      return static_cast<std::int32_t>(ctx.tick.rng(Stream::Combat).below(kBasisPointsWhole)) < condition.share.value;
    case content::ConditionType::HealthBelow:
      return std::int64_t{target.hp} * kBasisPointsWhole < std::int64_t{target.max_hp()} * condition.share.value;
    case content::ConditionType::HasBuff: return has_status(ctx.state, ctx.target, condition.status_ref);
    case content::ConditionType::Critical: break;
  }
  return ctx.critical;
}

}  // namespace

bool conditions_hold(const content::EffectDef& effect, EffectContext& ctx) {
  return std::all_of(effect.when.begin(), effect.when.end(),
                     [&](const content::ConditionDef& condition) { return condition_holds(condition, ctx); });
}

}  // namespace throng::sim
