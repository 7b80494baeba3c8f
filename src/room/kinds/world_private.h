#pragma once
// From a World to what a player is told about itself.

#include <vector>

#include "protocol/messages/game_messages.h"
#include "protocol/sync/private_state.h"
#include "room/kinds/possessions.h"
#include "room/kinds/world_keeping.h"
#include "room/kinds/world_members.h"
#include "sim/world.h"

namespace throng::room {

// The index must be that of a living player of the world.

/// The plain fields; for every patch.
/// @param has  what may be shown of what the player has: WorldKeeping::shown
void fill_me(const sim::World& world, sim::EntityIndex player, const PossessionsView& has, protocol::MeRow& me);
/// The plain fields and every map but the party; when something happened.
void fill_private(const sim::World& world, sim::EntityIndex player, const PossessionsView& has,
                  protocol::PrivateState& out);

/// How the members of the player's party are; of a kept one also those who are elsewhere.
void fill_party(const sim::World& world, const WorldMembers& members, const WorldKeeping& keeping, const Member& player,
                protocol::PrivateState& out);

/// The last decisions of the monster that is watched.
std::vector<protocol::WhyRow> why_rows(const sim::WhyLog& log);

}  // namespace throng::room
