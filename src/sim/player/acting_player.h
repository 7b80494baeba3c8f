#pragma once
// Who asks, when the intent is one that only somebody awake can carry out.

#include <optional>

#include "sim/combat/status.h"
#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// The player with this key. Nothing, with the refusal told, when it is dead or stunned; nothing, and nobody to tell,
/// when it is not in the world.
inline std::optional<EntityIndex> acting_player(const WorldState& state, TickContext& ctx, PlayerKey key,
                                                std::uint32_t request) {
  const std::optional<EntityIndex> index = state.players_by_key.find(key);
  if (!index) return std::nullopt;
  if (state.fighter(*index).dead()) {
    ctx.refuse(key, Verdict::Dead, request);
    return std::nullopt;
  }
  if (is_stunned(state, *index)) {
    ctx.refuse(key, Verdict::Stunned, request);
    return std::nullopt;
  }
  return index;
}

}  // namespace throng::sim
