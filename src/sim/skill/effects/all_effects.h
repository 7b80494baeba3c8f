#pragma once
// Every type of effect: a function that describes it, in the file of its name. Listed in all_effects.cpp.

#include "sim/skill/effects/effect_type.h"

namespace throng::sim {

EffectType damage_effect();
EffectType heal_effect();
EffectType damage_over_time_effect();
EffectType heal_over_time_effect();
EffectType buff_effect();
EffectType debuff_effect();
EffectType shield_effect();
EffectType stun_effect();
EffectType root_effect();
EffectType silence_effect();
EffectType knockback_effect();
EffectType dash_effect();
EffectType summon_effect();
EffectType dispel_effect();
EffectType taunt_effect();

}  // namespace throng::sim
