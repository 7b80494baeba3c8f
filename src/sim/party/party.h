#pragma once
// Parties: who is in one, and what members share.

#include <vector>

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

// An invitation founds a party of one, which lasts while it awaits an answer; a party that shrinks to one is dissolved.
// A kept party is governed by the store (SetParty); here it is those of its members who are in this world, maybe one, and
// nobody is told of its changes. Whoever leaves the world stays in it.
// Told as PartyChanged: Invited to who is invited, Declined to the leader, the rest to all members (who leaves or is
// kicked included); the last member of a dissolved party is told of its own Left.

/// Intent.
void step_party(WorldState& state, TickContext& ctx, const PartyStep& intent);
/// Intent. Whoever was in a party of this world alone leaves that.
void set_party(WorldState& state, TickContext& ctx, const SetParty& intent);
/// A member that leaves the world leaves the party; of a kept one it is only not here any more.
void leave_party(WorldState& state, TickContext& ctx, EntityIndex player);
bool same_party(const WorldState& state, EntityIndex a, EntityIndex b);
/// Living members within balance.party_range of `at`, and `player` wherever it is; by key. Replaces what `out` holds.
void party_near(const WorldState& state, EntityIndex player, Position at, std::vector<EntityIndex>& out);
/// Whose turn it is to own loot: the next living member within range by the round-robin rule, and the turn moves on;
/// `killer` itself by the free rule, without a party, or when nobody is near.
EntityIndex next_looter(WorldState& state, EntityIndex killer, Position at);

}  // namespace throng::sim
