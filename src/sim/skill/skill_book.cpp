#include "sim/skill/skill_book.h"

#include <algorithm>

namespace throng::sim {

KnownSkill* known_skill(PlayerState& player, content::SkillRef skill) {
  const auto end = player.skills.begin() + player.skill_count;
  const auto found =
      std::find_if(player.skills.begin(), end, [&](const KnownSkill& known) { return known.skill == skill; });
  return found == end ? nullptr : &*found;
}

Verdict learn_skill(WorldState& state, TickContext& ctx, EntityIndex index, content::SkillRef skill) {
  if (skill.value >= state.content->skills.size()) return Verdict::UnknownSkill;
  const content::SkillDef& def = state.content->skill(skill);
  PlayerState& player = state.player(index);
  if (def.retired || def.monsters_only) return Verdict::UnknownSkill;
  if (known_skill(player, skill) != nullptr) return Verdict::AlreadyLearned;
  if (state.fighter(index).level < def.level) return Verdict::LevelTooLow;
  if (player.skill_count == kKnownSkillsMax) return Verdict::SkillsFull;
  player.skills[player.skill_count++] = {skill, Tick{0}};
  ctx.tell(SkillLearned{player.key, skill});
  return Verdict::Accepted;
}

void learn_by_level(WorldState& state, TickContext& ctx, EntityIndex player) {
  for (std::size_t i = 0; i < state.content->skills.size(); ++i) {
    const content::SkillRef skill{static_cast<std::uint16_t>(i)};
    if (!state.content->skill(skill).needs_book) learn_skill(state, ctx, player, skill);
  }
}

}  // namespace throng::sim
