#pragma once
// Members that the JSON of several types of effects has, and the status that such effects leave.

#include <string_view>
#include <vector>

#include "sim/combat/status.h"
#include "sim/skill/effects/effect_type.h"

namespace throng::sim {

using EffectField = content::Field<content::EffectDef>;

/// Longest time that anything lasts which an effect leaves.
inline constexpr int kEffectDurationMsMax = 3'600'000;

/// `amount`, `scaling_bp`, `scale_by`: what EffectContext::scaled works out. The caster's stats are those of the moment
/// of the cast.
std::vector<EffectField> scaled_amount_fields(std::string_view help);
EffectField element_field();
EffectField stat_field(std::string_view help);
EffectField duration_field(std::string_view help);
EffectField interval_field(std::string_view help);
/// `status`: the name under which it is shown and found.
EffectField status_field();
/// `stacking`, `stacks_max`.
std::vector<EffectField> stacking_fields();

/// One list out of several.
std::vector<EffectField> joined(std::vector<std::vector<EffectField>> parts);

/// What the effect leaves, by its definition; the caller fills in the rest and applies it.
StatusToApply status_of(const content::EffectDef& effect, const EffectContext& ctx, StatusKind kind, bool harmful,
                        std::int32_t amount);

}  // namespace throng::sim
