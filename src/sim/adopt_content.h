#pragma once
// What becomes of a running world when its content changes. docs/determinism.md, "When content changes", has the rules.

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// Brings what counts along a definition (phases, waypoints, lines, levels) back within it. Changes nothing in a world
/// that has had this content all along.
void bound_by_content(WorldState& state);

/// Fits everything that lives to `state.content`, which is new to it but means the same by every number. Tells what
/// happens on the way; moves no item and no coin.
void fit_to_content(WorldState& state, TickContext& ctx);

}  // namespace throng::sim
