#pragma once
// Where a patrol leads next.

#include <optional>

#include "sim/ai/mind.h"

namespace throng::sim {

/// By the patrol mode: a place near home, the next point of the route or of the circle, home for a guard that stands
/// elsewhere. Moves the monster's count of waypoints on. Nothing when there is no such place.
std::optional<Position> next_patrol_goal(const Mind& mind);

/// How long to wait at the goal that was reached; nothing to go on without a pause.
std::optional<Tick> wait_at_goal(const Mind& mind);

/// The point of the spawn's route that is nearest to a place; 0 without a route.
std::uint16_t nearest_waypoint(const WorldState& state, content::SpawnRef spawn, Position at);

}  // namespace throng::sim
