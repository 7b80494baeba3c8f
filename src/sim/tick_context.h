#pragma once
// What the systems of one tick share besides the state.

#include <span>
#include <vector>

#include "base/rng.h"
#include "sim/event.h"
#include "sim/intent.h"
#include "sim/space/ground.h"
#include "sim/space/path_finder.h"
#include "sim/space/spatial_grid.h"
#include "sim/streams.h"

namespace throng::sim {

struct TickContext {
  std::span<const Intent> intents;
  std::vector<Event>& events;
  Streams& streams;
  Ground ground;
  /// Living entities by place as of the end of the last tick: a superset is found by `reach` plus a tick's way.
  const SpatialGrid& grid;
  PathFinder& paths;

  Rng& rng(Stream stream) { return streams.rng(stream); }
  void tell(const Event& event) { events.push_back(event); }
  void refuse(PlayerKey key, Verdict verdict, std::uint32_t request) {
    events.push_back(IntentRefused{key, verdict, request});
  }
};

}  // namespace throng::sim
