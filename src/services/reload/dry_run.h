#pragma once
// What a change would touch in the running world, before anybody makes it.

#include <string>
#include <vector>

#include "content/game/game_content.h"
#include "services/content_store/content_diff.h"
#include "services/reload/ports.h"

namespace throng::services {

/// Rooms named in one line; more are counted.
inline constexpr std::size_t kNamedRoomsMax = 5;

/// One line per change: whom it touches. `monsters/slime: 12 living slime in world WabcDEF (meadow)`.
/// @param live   what `changes` start from: which monsters use what
/// @param next   what they lead to; null when it is not right
/// @param rooms  as they are now
std::vector<std::string> touched_by(const std::vector<ContentChange>& changes, const content::GameContent& live,
                                    const content::GameContent* next,
                                    const std::vector<room::RoomContentStatus>& rooms);

}  // namespace throng::services
