#pragma once
// What the systems of one tick share besides the state.

#include <span>
#include <vector>

#include "base/rng.h"
#include "sim/event.h"
#include "sim/intent.h"
#include "sim/space/ground.h"
#include "sim/streams.h"

namespace throng::sim {

struct TickContext {
  std::span<const Intent> intents;
  std::vector<Event>& events;
  Streams& streams;
  Ground ground;

  Rng& rng(Stream stream) { return streams.rng(stream); }
};

}  // namespace throng::sim
