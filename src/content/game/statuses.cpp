#include "content/game/statuses.h"

#include <algorithm>

#include <fmt/format.h>

namespace throng::content {
namespace {

bool leaves_status(const EffectDef& effect) { return !effect.status.empty() || effect.duration_ms > 0; }

bool named_before(const SkillDef& skill, std::size_t effect, const std::string& name) {
  const auto end = skill.effects.begin() + static_cast<std::ptrdiff_t>(effect);
  return std::any_of(skill.effects.begin(), end, [&](const EffectDef& other) { return other.status == name; });
}

/// `fireball_burn`; a second one of the same skill is `fireball_burn_2`, so that they do not replace each other.
std::string name_after(const SkillDef& skill, std::size_t effect, std::span<const EffectFormat> formats) {
  const std::uint8_t type = skill.effects[effect].type;
  if (type >= formats.size()) return fmt::format("{}_{}", skill.id, effect);
  const std::string name = fmt::format("{}_{}", skill.id, formats[type].name);
  return named_before(skill, effect, name) ? fmt::format("{}_{}", name, effect + 1) : name;
}

}  // namespace

void number_statuses(GameContent& content, std::span<const EffectFormat> formats) {
  for (SkillDef& skill : content.skills) {
    for (std::size_t i = 0; i < skill.effects.size(); ++i) {
      EffectDef& effect = skill.effects[i];
      if (!leaves_status(effect)) continue;
      if (effect.status.empty()) effect.status = name_after(skill, i, formats);
      const std::optional<StatusRef> known = content.find_status(effect.status);
      effect.status_ref = known ? *known : StatusRef{static_cast<std::uint16_t>(content.statuses.size())};
      if (!known) content.statuses.push_back(effect.status);
    }
  }
}

}  // namespace throng::content
