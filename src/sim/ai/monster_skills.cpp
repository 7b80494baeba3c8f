#include "sim/ai/monster_skills.h"

#include <algorithm>

#include "sim/combat/combat_stats.h"
#include "sim/skill/casting.h"

namespace throng::sim {
namespace {

Aim aim_of(const Mind& mind, content::SkillRef skill) {
  const content::SkillDef& def = mind.state.content->skill(skill);
  const bool for_itself = def.shape == content::SkillShape::Self || def.target == content::TargetRule::Self ||
                          def.target == content::TargetRule::Ally;
  if (for_itself) return {};
  return {mind.monster().target, std::nullopt};
}

const char* conditions_against(const Mind& mind, const content::MonsterSkillDef& skill) {
  if (mind.monster().phase < skill.phase_min) return "not in this phase";
  if (!health_at_most(mind.fighter(), skill.own_health_below)) return "own health too high";
  const ActorRef target = mind.monster().target;
  if (mind.state.exists(target) && !health_at_most(mind.state.fighter(target.index), skill.target_health_below)) {
    return "target's health too high";
  }
  return nullptr;
}

/// Whether it may be cast now; says so in the why view.
bool may_use(const Mind& mind, std::size_t place) {
  const content::MonsterSkillDef& skill = mind.def().skills[place];
  const content::SkillRef ref = skill.skill.ref;
  if (const char* reason = conditions_against(mind, skill)) {
    mind.weigh("cast", reason, ref.value);
    return false;
  }
  const Tick ready = mind.monster().skill_ready[place];
  const Verdict verdict = check_cast(mind.state, mind.ctx, mind.self, ref, aim_of(mind, ref), ready);
  mind.weigh("cast", verdict == Verdict::Accepted ? "chosen" : verdict_code(verdict).data(), ref.value);
  return verdict == Verdict::Accepted;
}

void cast_own(const Mind& mind, std::size_t place) {
  const content::SkillRef ref = mind.def().skills[place].skill.ref;
  Tick ready = mind.monster().skill_ready[place];
  halt(mind.motion());
  begin_cast(mind.state, mind.ctx, mind.self, ref, aim_of(mind, ref), ready);
  mind.monster().skill_ready[place] = ready;  // looked up again: a summons moves the rows
}

bool cast_of_phase(const Mind& mind, content::SkillRef skill) {
  interrupt_cast(mind.state, mind.ctx, mind.self);
  Fighter& fighter = mind.fighter();
  fighter.global_ready = mind.now();
  fighter.mana = std::max(fighter.mana, mind.state.content->skill(skill).mana_cost);
  const Aim aim = aim_of(mind, skill);
  Tick ready;
  const Verdict verdict = check_cast(mind.state, mind.ctx, mind.self, skill, aim, ready);
  mind.weigh("cast of its phase", verdict == Verdict::Accepted ? "chosen" : verdict_code(verdict).data(), skill.value);
  if (verdict != Verdict::Accepted) return false;
  halt(mind.motion());
  begin_cast(mind.state, mind.ctx, mind.self, skill, aim, ready);
  return true;
}

}  // namespace

bool use_a_skill(const Mind& mind) {
  const std::size_t count = std::min(mind.def().skills.size(), content::kMonsterSkillsMax);
  if (count == 0 || mind.fighter().global_ready > mind.now()) return false;
  std::uint32_t tried = 0;
  for (std::size_t n = 0; n < count; ++n) {
    std::size_t best = count;
    for (std::size_t i = 0; i < count; ++i) {
      const bool open = (tried >> i & 1u) == 0;
      if (open && (best == count || mind.def().skills[i].priority > mind.def().skills[best].priority)) best = i;
    }
    tried |= 1u << best;
    if (!may_use(mind, best)) continue;
    cast_own(mind, best);
    return true;
  }
  return false;
}

void advance_phases(const Mind& mind) {
  MonsterState& monster = mind.monster();
  const std::vector<content::BossPhaseDef>& phases = mind.def().phases;
  const std::uint8_t before = monster.phase;
  while (monster.phase < phases.size() && health_at_most(mind.fighter(), phases[monster.phase].health_below)) {
    monster.phase_cast_due = content::is_set(phases[monster.phase].on_enter.ref);
    ++monster.phase;
    mind.ctx.tell(BossPhaseBegan{mind.ref(), monster.kind, monster.phase});
  }
  if (monster.phase != before) refresh_stats(mind.state, mind.self);
  if (!monster.phase_cast_due || monster.phase > phases.size()) return;
  if (cast_of_phase(mind, phases[monster.phase - 1u].on_enter.ref)) mind.monster().phase_cast_due = false;
}

}  // namespace throng::sim
