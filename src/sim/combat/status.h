#pragma once
// Buffs, debuffs, things over time: put on, stepped, taken off.

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

struct StatusToApply {
  ActiveStatus status;  ///< `until` and `next_step` are set here
  content::Stacking stacking = content::Stacking::Refresh;
  int stacks_max = 1;
  Tick duration;
};

/// Adds, stacks or refreshes by the rule; derives the stats; tells StatusChanged. One name stands once for each kind and
/// stat, whoever caused it. A stun and a silence end a cast. The dead are left alone, and monsters that resist.
void apply_status(WorldState& state, TickContext& ctx, EntityIndex target, const StatusToApply& wanted);
bool has_status(const WorldState& state, EntityIndex target, content::StatusRef status);
/// Takes off up to `count` statuses, harmful ones or helpful ones, the newest first. @return how many
int dispel(WorldState& state, TickContext& ctx, EntityIndex target, bool harmful, int count);
/// Shields take what they can of the damage, the oldest first; used up ones end. @return how much
std::int32_t absorb(WorldState& state, TickContext& ctx, EntityIndex target, std::int32_t damage);
/// Replaces them all, silently, and derives the stats: what somebody brings along. At most kStatusesMax.
void set_statuses(WorldState& state, EntityIndex target, std::span<const ActiveStatus> statuses);
/// Without a word to anybody but StatusChanged; at death, and when a monster returns.
void clear_statuses(WorldState& state, TickContext& ctx, EntityIndex target);

/// System: damage and healing over time, ends of statuses, regeneration.
void advance_statuses(WorldState& state, TickContext& ctx);

inline bool is_stunned(const WorldState& state, EntityIndex f) { return state.fighter(f).stunned_until > state.now; }
inline bool is_rooted(const WorldState& state, EntityIndex f) {
  return state.fighter(f).rooted_until > state.now || is_stunned(state, f);
}
inline bool is_silenced(const WorldState& state, EntityIndex f) { return state.fighter(f).silenced_until > state.now; }
inline bool in_combat(const WorldState& state, EntityIndex f) { return state.fighter(f).combat_until > state.now; }

}  // namespace throng::sim
