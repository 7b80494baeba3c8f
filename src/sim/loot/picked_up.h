#pragma once
// Between a world that was saved and what is known of the time after it.

#include <cstdint>
#include <optional>

#include "content/game/refs.h"
#include "sim/world_state.h"

namespace throng::sim {

/// So much of it lies on the ground no more: drop by drop, the first by index first. More than lies there is no matter: it
/// came from what has not happened in this world.
/// @param item    nothing: coins
/// @param amount  0 or above
void take_off_ground(WorldState& state, std::optional<content::ItemRef> item, std::int64_t amount);

}  // namespace throng::sim
