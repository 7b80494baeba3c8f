#pragma once
// The JSON of a skill's effects: `type` says which format holds. For the skills' description.

#include <span>

#include "content/description.h"
#include "content/game/skills.h"

namespace throng::content {

/// The member `effects`. The names and helps in `formats` must outlive the field.
Field<SkillDef> effects_field(std::span<const EffectFormat> formats);

}  // namespace throng::content
