#pragma once
// One entry of spawns.json at work in a world.

#include <cstdint>
#include <vector>

#include "base/units.h"
#include "content/game/refs.h"

namespace throng::sim {

struct SpawnerState {
  content::SpawnRef spawn{content::kNoNumber};
  std::uint16_t alive = 0;       ///< corpses not counted
  std::vector<Tick> due;         ///< when the missing ones appear, ascending; alive + due.size() <= SpawnDef::count
  friend bool operator==(const SpawnerState&, const SpawnerState&) = default;
};

}  // namespace throng::sim
