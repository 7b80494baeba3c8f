#pragma once
// What Idle and Patrol have in common.

#include "sim/ai/mind.h"

namespace throng::sim {

/// Looks for a fight: the owner's, or somebody within detection range. A passive one that was left alone forgets and
/// heals. @return whether it is at peace no more
bool look_round(const Mind& mind);

/// A pause between two strolls, by the monster's definition.
Tick pause_of(const Mind& mind);

}  // namespace throng::sim
