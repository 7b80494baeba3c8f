#pragma once
// Names and numbers of what effects leave on their targets. For the linkers of this folder.

#include <span>
#include <string>
#include <vector>

#include "content/game/game_content.h"

namespace throng::content {

/// Names what effects leave behind where the file does not, appends the names that are new to `content.statuses`, and
/// fills in `status_ref` of effects. Names that are there already keep their numbers.
/// @param formats  for the names of effects; empty: effects are called by their place in the skill
void number_statuses(GameContent& content, std::span<const EffectFormat> formats);

/// `visit` gets every condition with its skill, the place of its effect there, and its own place in the effect.
template <typename Visit>
void for_each_condition(GameContent& content, Visit&& visit) {
  for (SkillDef& skill : content.skills) {
    for (std::size_t effect = 0; effect < skill.effects.size(); ++effect) {
      std::vector<ConditionDef>& when = skill.effects[effect].when;
      for (std::size_t i = 0; i < when.size(); ++i) visit(skill, effect, i, when[i]);
    }
  }
}

}  // namespace throng::content
