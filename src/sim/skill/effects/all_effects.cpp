#include "sim/skill/effects/all_effects.h"

#include <algorithm>
#include <array>

namespace throng::sim {
namespace {

constexpr std::int64_t kScaledMax = 1'000'000;

const std::vector<EffectType>& effect_list() {
  static const std::vector<EffectType> effects = {
      damage_effect(),         heal_effect(),      damage_over_time_effect(),
      heal_over_time_effect(), buff_effect(),      debuff_effect(),
      shield_effect(),         stun_effect(),      root_effect(),
      silence_effect(),        knockback_effect(), dash_effect(),
      summon_effect(),         dispel_effect(),    taunt_effect(),
  };
  return effects;
}

std::vector<content::EffectFormat> formats_of(std::span<const EffectType> effects) {
  std::vector<content::EffectFormat> formats;
  for (const EffectType& effect : effects) formats.push_back(effect.format);
  return formats;
}

}  // namespace

std::int32_t EffectContext::scaled(const content::EffectDef& effect) const {
  const std::int64_t more = std::int64_t{caster_stats[effect.scale_by]} * effect.scaling.value / kBasisPointsWhole;
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(effect.amount + more, 0, kScaledMax));
}

std::span<const EffectType> all_effects() { return effect_list(); }

const std::vector<content::EffectFormat>& effect_formats() {
  static const std::vector<content::EffectFormat> formats = formats_of(effect_list());
  return formats;
}

}  // namespace throng::sim
