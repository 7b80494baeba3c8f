#pragma once
// One monster that thinks, for the length of one thought.

#include "content/game/monsters.h"
#include "sim/ai/why.h"
#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// Rows are looked up at each use: a skill that summons makes the arrays grow, so do not keep references across a cast.
struct Mind {
  WorldState& state;
  TickContext& ctx;
  EntityIndex self;
  bool near = true;  ///< a player is about
  WhyEntry* why = nullptr;  ///< of the watched monster

  MonsterState& monster() const { return state.monster(self); }
  const content::MonsterDef& def() const { return state.monster_def(self); }
  Fighter& fighter() const { return state.fighter(self); }
  Motion& motion() const { return state.motions[self.value]; }
  Position at() const { return state.positions[self.value]; }
  ThreatTable& threat() const { return state.threat(self); }
  ActorRef ref() const { return state.ref(self); }
  Tick now() const { return state.now; }

  /// True every `ticks` ticks, in another tick for the next monster, so that not all look round in the same one.
  bool every(std::uint32_t ticks) const { return (state.now.value + state.entities.slot(self)) % ticks == 0; }

  /// For the why view; texts must be constants.
  void weigh(const char* what, const char* verdict, std::int64_t value = 0) const {
    if (why == nullptr || why->option_count == WhyEntry::kOptionsMax) return;
    why->options[why->option_count++] = {what, verdict, value};
  }
};

/// hp at or below that share of the maximum.
inline bool health_at_most(const Fighter& fighter, BasisPoints share) {
  return std::int64_t{fighter.hp} * kBasisPointsWhole <= std::int64_t{fighter.max_hp()} * share.value;
}

inline std::int64_t squared(Milliunits distance) { return std::int64_t{distance.value} * distance.value; }

inline bool within(Position a, Position b, Milliunits distance) { return distance_squared(a, b) <= squared(distance); }

}  // namespace throng::sim
