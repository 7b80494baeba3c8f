#pragma once

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// Searches in one tick of one world.
inline constexpr std::size_t kSearchesMax = 8;
/// No further search begins in a tick when those before it examined so many places: one that fails takes as long as ten
/// that do not.
inline constexpr std::uint32_t kExaminedPerTickMax = 2'048;
/// So many of them go to whoever has waited longest, seen or not, so that nobody waits for ever.
inline constexpr std::size_t kSearchesForOldest = 3;

/// Finds ways for the monsters in `monster_scratch.queue`, each of which waits and is due. When there are more than
/// kSearchesMax, the ones near players come first, of these the ones that have waited longest; the rest goes on waiting.
void find_paths(WorldState& state, TickContext& ctx);

}  // namespace throng::sim
