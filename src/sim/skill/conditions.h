#pragma once

#include "sim/skill/effects/effect_type.h"

namespace throng::sim {

/// Whether all conditions of the effect hold on the context's target. Draws from Stream::Combat once for each chance that
/// comes to be asked: one that fails ends the asking.
bool conditions_hold(const content::EffectDef& effect, EffectContext& ctx);

}  // namespace throng::sim
