#pragma once
// The people of the story: they stand on the map, talk and trade.

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// Puts the npcs of this map into the world, and takes away those that content no longer has or has elsewhere. At the
/// start and when content changes. Who stands in a wall is moved to the nearest ground.
void place_npcs(WorldState& state, TickContext& ctx);
/// The npc within talk_range of the player: Accepted, NoSuchNpc or OutOfRange.
Verdict check_near(const WorldState& state, EntityIndex player, content::NpcRef npc);
/// Intents. Whoever talks to an npc again hears its next line, and after another one the first; an npc without lines
/// tells line 0.
void talk(WorldState& state, TickContext& ctx, const Talk& intent);
/// Shops buy whatever has a sell price, bound or not; what they bought may be had back as it was, for what they paid.
/// A repair mends everything that one has, or nothing. Prices are in people/shop.h.
void trade(WorldState& state, TickContext& ctx, const Trade& intent);

}  // namespace throng::sim
