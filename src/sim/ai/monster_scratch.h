#pragma once
// Memory that the systems of monsters use again in every tick. Nothing in it outlives a tick.

#include <vector>

#include "base/units.h"
#include "sim/ai/presence.h"
#include "sim/entity_pool.h"

namespace throng::sim {

/// A monster that waits for a way.
struct PathWanted {
  Tick since;  ///< its `path_due`
  EntityIndex monster;
  bool near = false;  ///< a player is about
};

struct MonsterScratch {
  Presence players;                  ///< where players are, as of this tick
  std::vector<PathWanted> queue;     ///< at most one entry per monster
  std::vector<Position> waypoints;   ///< what the path finder found
  std::vector<EntityIndex> members;  ///< of a party
};

}  // namespace throng::sim
