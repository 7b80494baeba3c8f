#pragma once
// What Chase and Attack have in common.

#include "sim/ai/mind.h"

namespace throng::sim {

/// No way for so long, and the monster gives up.
inline constexpr int kUnreachableMs = 3'000;

/// Chooses the target and looks after leash, fear and phases.
/// @return whether to go on with the fight in this tick: not when the state has changed, nor while stunned or casting
bool keep_fighting(const Mind& mind);

/// A passive monster may always flee, any other one once in a fight.
bool wants_to_flee(const WorldState& state, EntityIndex monster);

}  // namespace throng::sim
