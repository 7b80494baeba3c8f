#pragma once
// A blow and what it does. The one place where hit points are lost or restored.

#include "content/game/skills.h"
#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// Before defence.
struct Hit {
  ActorRef source;        ///< may be gone: death of the attacker does not stop a fireball
  EntityIndex target;
  std::int32_t power = 0; ///< [0, 1'000'000]
  content::Element element = content::Element::Physical;
  content::SkillRef skill{content::kNoNumber};
  bool can_crit = true;
  bool critical = false;  ///< already decided for this cast
};

/// power x half / (half + defence), at least 1 for a power above 0; rounded down. Pure.
std::int32_t mitigated(std::int32_t power, std::int32_t defence, std::int32_t defence_half);

/// Whether a hit of this attacker is critical; draws once from Stream::Combat.
bool roll_critical(WorldState& state, TickContext& ctx, EntityIndex attacker);

/// Applies critical factor, defence (physical only; magic is halved by a third of it), pvp factor and shields; takes the
/// hit points, interrupts nothing, puts both into combat, adds threat, tells Damaged, and kills at 0.
/// @return hit points lost
std::int32_t deal_damage(WorldState& state, TickContext& ctx, const Hit& hit);

/// @return hit points restored; threat goes to the healer on every monster that fights the healed
std::int32_t heal(WorldState& state, TickContext& ctx, ActorRef source, EntityIndex target, std::int32_t amount,
                  content::SkillRef skill);

/// Intent: the target of the basic attack; and the system that lets players go on hitting theirs when it is in
/// melee range, in sight and their attack is ready.
void set_auto_target(WorldState& state, TickContext& ctx, const Attack& intent);
void advance_auto_attacks(WorldState& state, TickContext& ctx);
/// One basic attack, for players and monsters; the caller has checked range and readiness. Sets attack_ready.
void basic_attack(WorldState& state, TickContext& ctx, EntityIndex attacker, EntityIndex target, int cooldown_ms);

}  // namespace throng::sim
