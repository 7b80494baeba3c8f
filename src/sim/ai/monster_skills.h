#pragma once
// The skills of a monster, and the phases of a boss.

#include "sim/ai/mind.h"

namespace throng::sim {

/// Casts the skill with the highest priority that its conditions and the rules of casting allow now; of equals the
/// first. @return whether it did
bool use_a_skill(const Mind& mind);

/// Enters the phases that the boss's health has come down to: stats, BossPhaseBegan, the skill of entry. A phase is
/// never left within a fight, whatever is healed. A skill of entry that cannot be cast at once, since the boss is
/// stunned for instance, is cast as soon as it can.
void advance_phases(const Mind& mind);

}  // namespace throng::sim
