#pragma once
// Spawners: how many of which monsters live where, and when the next ones come.

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// Monsters that the spawners of one world make in one tick; the rest comes in the next ones.
inline constexpr int kSpawnsPerTickMax = 64;
/// When there was no room for one, in the world or on its ground, it is tried again after this.
inline constexpr int kSpawnRetryMs = 5'000;

/// The spawner of the dead one has one less, and knows when the next comes: `respawn_ms` of the spawn, or of the
/// monster, give or take its jitter.
void plan_respawn(WorldState& state, TickContext& ctx, EntityIndex monster);

}  // namespace throng::sim
